// Facts, reports and schedules travel compressed: raw deflate in base64, markup with the cases' anchors.

/** The text that was packed. */
export async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).text();
}

/** Puts the details of each case where it is run, behind its code. */
export async function addDetails(articles) {
  const packed = document.getElementById('details');
  // Parsed as a document of its own, in which no script would run; what is in it was escaped as all of the page was.
  const parts = new DOMParser().parseFromString(await unpacked(packed.textContent), 'text/html');
  for (const part of parts.querySelectorAll('[data-case]')) {
    const article = articles.find((each) => each.id === part.dataset.case);
    article.querySelector('.run').before(...part.childNodes);
  }
  packed.remove();
}

// What the shared objects of a schedule hold after each step.

/**
 * The objects after the first `count` steps, in the order in which they are first used. A step is
 * {thread, verb, object, value, sign}; a value is undefined where it is not known yet. What a first
 * read finds has been there before.
 */
export function valuesAfter(steps, count) {
  const objects = new Map();
  for (const step of steps) {
    if (!step.object || objects.has(step.object)) continue;
    objects.set(step.object, { name: step.object, value: step.sign === '→' ? step.value : undefined, changed: false });
  }
  steps.slice(0, count).forEach((step, i) => {
    const object = objects.get(step.object);
    if (!object) return;
    const before = object.value;
    if (/^(try-)?lock/.test(step.verb)) object.value = `held by thread ${step.thread}`;
    else if (step.verb.startsWith('unlock')) object.value = 'free';
    else if (step.value !== undefined) object.value = step.value;
    object.changed = i === count - 1 && before !== object.value;
  });
  return [...objects.values()];
}

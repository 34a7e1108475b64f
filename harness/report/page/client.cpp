// Made of client/ by bundle.js: change that, and run scripts/bundle-page.
// clang-format off
#include "client.hpp"

namespace racepair::report::page {

const std::string_view script = R"page((()=>{function s(e,t={},...o){let n=document.createElement(e);for(let[r,a]of Object.entries(t))r==="class"?n.className=a:r.startsWith(
"on")?n.addEventListener(r.slice(2),a):a===!0?n.setAttribute(r,""):a!==!1&&a!==void 0&&n.setAttribute(r,a);return n.append(
...o),n}var l=(e,t=document)=>[...t.querySelectorAll(e)];async function Q(e){let t=Uint8Array.from(atob(e),n=>n.charCodeAt(0)),o=new Blob([t]).stream().pipeThrough(new DecompressionStream(
"deflate-raw"));return new Response(o).text()}async function j(e){let t=document.getElementById("details"),o=new DOMParser().
parseFromString(await Q(t.textContent),"text/html");for(let n of o.querySelectorAll("[data-case]"))e.find(a=>a.id===n.dataset.
case).querySelector(".run").before(...n.childNodes);t.remove()}var x=e=>e.querySelector("figcaption b").textContent;function B(e){let t=e.dataset.seen;return{wrong:t.includes("w"),flagged:t.
includes("f"),watched:t.includes("d")}}var I=e=>/\b(?:struct|class)\s+(\w+)/.exec(e.querySelector("pre")?.textContent)?.[1]??
"";function V(e,t,o){return t.toLowerCase().split(/\s+/).filter(Boolean).every(r=>e.text.includes(r))&&(o===""||e.marks.has(
o))}var Y=(e,t)=>e===t?`${t} case${t===1?"":"s"}`:`${e} of ${t} case${t===1?"":"s"}`,Z=[["","everything"],["x","not as e\
xpected"],["w","silent, and wrong"],["b","blind"],["a","false alarm"],["i","in part"]];function ee(e){let t=document.getElementById(
decodeURIComponent(e.querySelector("a").hash.slice(1))),o=l("figure",t).map(x),n=[...l("header p, h2",t).map(r=>r.textContent),
...o];return{row:e,link:e.querySelector("a"),text:n.join(" ").toLowerCase(),marks:new Set(l("td i",e).map(r=>r.className))}}
function M(e){let t=l("tbody tr:not(.part)",e).map(ee),o=s("input",{type:"search",id:"query",autocomplete:"off",spellcheck:"\
false"}),n=s("select",{id:"mark"},...Z.map(([c,u])=>s("option",{value:c},u))),r=s("output",{for:"query mark"}),a=()=>{let c=0;
for(let u of t)u.row.hidden=!V(u,o.value,n.value),c+=u.row.hidden?0:1;for(let u of l("tbody",e))u.hidden=!u.querySelector(
"tr:not(.part):not([hidden])");r.textContent=Y(c,t.length)},i=c=>{c.key==="Enter"&&t.find(u=>!u.row.hidden)?.link.click()};
o.addEventListener("input",a),o.addEventListener("keydown",i),n.addEventListener("input",a),e.closest(".scroll").before(
s("form",{class:"filter",role:"search",onsubmit:c=>c.preventDefault()},s("label",{for:"query"},"Filter"),o,s("label",{for:"\
mark"},"Show"),n,r)),a()}function T(e){let t=Number(e.dataset.first??0),o=[s("span",{class:"line"})];for(let n of[...e.childNodes])(n.nodeType===
Node.TEXT_NODE?n.textContent.split(`
`):[n]).forEach((a,i)=>{i>0&&o.push(s("span",{class:"line"})),a.tagName==="B"&&o.at(-1).classList.add("race"),o.at(-1).append(
...a.tagName==="B"?a.childNodes:[a])});t>0&&o.forEach((n,r)=>n.setAttribute("data-line",t+r)),e.replaceChildren(...o)}function D({wrong:e,flagged:t,watched:o}){let n=[{key:"wrong",text:"Its outcome",yes:"goes wrong",no:"is always right",answer:e}];
return o&&n.push({key:"flagged",text:"Race detectors",yes:"report it",no:"stay silent",answer:t}),n}var k=class{#e=new Map;add(t,o){
this.#e.has(t)||this.#e.set(t,o)}get text(){return`${[...this.#e.values()].filter(Boolean).length} of ${this.#e.size} ri\
ght`}};function F(e,t){let o=n=>[...`${t}/${n}`].reduce((r,a)=>Math.imul(r,31)+a.codePointAt(0)>>>0,7);return[...e].sort(
(n,r)=>o(n)%9973-o(r)%9973)}var E=new k;function te(e,t,o){let n=document.createTreeWalker(e,NodeFilter.SHOW_TEXT);for(;n.nextNode();){let r=n.currentNode.
textContent.split(/(\w+)/);n.currentNode.textContent=r.map(a=>a===t?o:a).join("")}}function ne(e,t){let o=(n,r)=>s("labe\
l",{},s("input",{type:"radio",name:`${t}/${e.key}`,value:n,required:!0}),` ${r}`);return s("fieldset",{"data-answer":String(
e.answer)},s("legend",{},e.text),o("true",e.yes),o("false",e.no),s("output"))}function oe(e,t){let o=e.querySelector("fi\
gcaption"),n=e.querySelector("pre"),r=[...o.childNodes],a=n?.cloneNode(!0);return o.replaceChildren(s("b",{},t)),a&&(te(
a,I(e),t),n.replaceWith(a)),()=>{o.replaceChildren(...r),a?.replaceWith(n)}}function re(e){let t=e.querySelector(":check\
ed").value===e.dataset.answer;e.className=t?"hit":"miss",e.querySelector("output").textContent=t?"✓ as you said":"✗ it\
 is the other way";for(let o of l("input",e))o.disabled=!0;return t}function se(e,t){let o=l("figure",e),n=new Map(o.map(
d=>[x(d),d])),r=o[0].parentElement,a=s("form",{class:"prediction",id:`predict/${e.id}`}),c=F([...n.keys()],e.id).map((d,f)=>{
let m=n.get(d),w=oe(m,String.fromCharCode(65+f%26)),h=D(B(m)).map(p=>ne(p,`${e.id}/${d}`));for(let p of h.flatMap(g=>l("\
input",g)))p.setAttribute("form",a.id);return m.append(...h),r.append(m),{undo:w,fields:h}}),u=()=>{for(let d of c)d.undo();
r.append(...o)};return a.addEventListener("submit",d=>{d.preventDefault(),u();for(let f of c.flatMap(m=>m.fields))E.add(
f.querySelector("input").name,re(f));e.dataset.predicting="done",a.replaceChildren(s("p",{role:"status"},`Revealed. ${E.
text} so far.`)),t(E.text)}),a.append(s("p",{},"Say of each variant what will happen. Then see."),s("button",{},"Reveal")),
r.after(a),e.dataset.predicting="asking",()=>{u(),a.remove();for(let d of c.flatMap(f=>f.fields))d.remove();delete e.dataset.
predicting}}var R=new Map;function W(e,t,o){let n=e.dataset.predicting;t&&!n&&e.querySelector("figure")&&R.set(e,se(e,o)),
!t&&n==="asking"&&R.get(e)()}function S(e,t,o=()=>{}){let n=l("tbody tr",e),r=s("tbody"),a=s("output"),i=s("input",{type:"range",min:0,max:n.length,value:0,
"aria-label":"step"}),c=h=>{let p=Math.min(Math.max(h,0),n.length);i.value=p,n.forEach((y,v)=>{y.classList.toggle("now",
v===p-1),y.classList.toggle("later",p>0&&v>=p),v===p-1?y.setAttribute("aria-current","step"):y.removeAttribute("aria-cur\
rent")});let g=p===0?"before the first step":`step ${p} of ${n.length}`;a.textContent=g,i.setAttribute("aria-valuetext",
p===0?g:`${g}: ${n[p-1].textContent.trim()}`),d.disabled=p===0,f.disabled=p===n.length,r.replaceChildren(...t(p).map(({name:y,
value:v,changed:J})=>s("tr",J?{class:"changed"}:{},s("th",{scope:"row"},y),s("td",{},v===void 0?"–":String(v))))),o(p,
n[p-1])},u=(h,p,g)=>s("button",{type:"button","aria-label":p,onclick:g},h),d=u("◀","one step back",()=>c(Number(i.value)-
1)),f=u("▶","one step forward",()=>c(Number(i.value)+1));i.addEventListener("input",()=>c(Number(i.value)));let m=e.closest(
".scroll");m.before(s("div",{class:"stepper"},d,i,f,a));let w=s("div",{class:"stepped"});return m.before(w),w.append(m,s(
"table",{class:"values"},s("caption",{},"shared values"),r)),c(0),c}function K(e,t){let o=new Map;for(let n of e)!n.object||o.has(n.object)||o.set(n.object,{name:n.object,value:n.sign==="→"?
n.value:void 0,changed:!1});return e.slice(0,t).forEach((n,r)=>{let a=o.get(n.object);if(!a)return;let i=a.value;/^(try-)?lock/.
test(n.verb)?a.value=`held by thread ${n.thread}`:n.verb.startsWith("unlock")?a.value="free":n.value!==void 0&&(a.value=
n.value),a.changed=r===t-1&&i!==a.value}),[...o.values()]}function ae(e){let t=[...e.cells],o=t.findIndex((a,i)=>i>0&&a.querySelector("var")),n=t[o].querySelector("var"),r=t[o].querySelector(
"b");return{thread:Number(e.closest("table").tHead.rows[0].cells[o].textContent.replace(/\D+/,"")),verb:n.previousSibling?.
textContent.trim()??"",object:n.textContent,sign:r?.previousSibling.textContent.trim()??"",value:r?.textContent}}function P(e,t){
let o=l("tbody tr",e).map(ae),n=l("figure",t).find(r=>x(r)===e.dataset.variant);S(e,r=>K(o,r),(r,a)=>{for(let c of l(".l\
ine.now",t))c.classList.remove("now");let i=a?.cells[0].textContent;i&&n&&n.querySelector(`.line[data-line="${Number(i)}\
"]`)?.classList.add("now")})}var q=["load","add","store"];function C(e=q.length,t=q.length){return e===0?[Array(t).fill(2)]:t===0?[Array(e).fill(1)]:
[...C(e-1,t).map(o=>[1,...o]),...C(e,t-1).map(o=>[2,...o])]}function U(e){let t={1:0,2:0},o={1:void 0,2:void 0},n=0;return{
steps:e.map(a=>{let i=q[t[a]++];return i==="load"&&(o[a]=n),i==="add"&&(o[a]+=1),i==="store"&&(n=o[a]),{thread:a,operation:i,
counter:n,registers:[o[1],o[2]]}}),counter:n,isLost:n!==2}}var ie={load:"register = hits",add:"register += 1",store:"hits = register"};function ce({steps:e}){return s("table",{class:"\
steps"},s("thead",{},s("tr",{},...["thread 1","thread 2","code"].map(t=>s("th",{scope:"col"},t)))),s("tbody",{},...e.map(
({thread:t,operation:o})=>s("tr",{},s("td",{},t===1?o:""),s("td",{},t===2?o:""),s("td",{},ie[o])))))}function le({steps:e},t){
let o={counter:0,registers:[void 0,void 0]},n=t>0?e[t-1]:o,r=t>1?e[t-2]:o;return[{name:"hits",value:n.counter,changed:n.
counter!==r.counter},...n.registers.map((a,i)=>({name:`register of thread ${i+1}`,value:a,changed:a!==r.registers[i]}))]}
function H(e){let t=C().map(U),o=s("div",{class:"stage"}),n=t.map((i,c)=>{let u=i.steps.map(d=>d.thread).join("");return s(
"button",{type:"button",class:i.isLost?"lost":"kept","aria-pressed":"false","aria-label":`order ${u.split("").join(" ")}\
: ${i.counter}`,onclick:()=>r(c)},...i.steps.map(d=>s("span",{class:`t${d.thread}`})),s("b",{},String(i.counter)))}),r=i=>{
n.forEach((d,f)=>d.setAttribute("aria-pressed",String(i===f)));let c=ce(t[i]),u=t[i].isLost?"Both threads loaded before \
either had stored the sum: one addition is lost.":"One thread is done before the other loads: both additions count.";o.replaceChildren(
s("div",{class:"scroll",tabindex:0},c),s("p",{class:"conclusion"},`hits is ${t[i].counter}. ${u}`)),S(c,d=>le(t[i],d))};
e.append(s("div",{class:"tiles",role:"group","aria-label":"orders"},...n),o),r(t.findIndex(i=>i.isLost));let a=t.filter(
i=>i.isLost).length;l(".lost-count",e).forEach(i=>i.textContent=`${a} of ${t.length}`)}var $=document.getElementById("overview"),N=document.getElementById("seed"),b=l("article"),de=document.title,z=s("output",
{class:"score"}),A=s("input",{type:"checkbox",id:"predict"}),L=["auto","light","dark"],G=s("button",{type:"button",onclick:()=>{
let e=L[(L.indexOf(document.documentElement.dataset.theme??"auto")+1)%L.length];document.documentElement.dataset.theme=e,
G.textContent=`Colours: ${e}`}},"Colours: auto");document.querySelector(".bar").append(s("nav",{"aria-label":"page"},s("\
a",{href:"#overview"},"All cases"),s("a",{href:"#seed"},"20 orders"),s("a",{href:"#everything"},"One long page")),s("lab\
el",{},A," Predict, then reveal"),z,G);var X=new Set;function ue(e){X.has(e)||(X.add(e),l("figure pre",e).forEach(T),l("\
table.steps",e).forEach(t=>P(t,e)))}function pe(e){let t=b.indexOf(e),o=(n,r)=>n?[s("a",{href:`#${n.id}`},r)]:[];return s(
"nav",{class:"neighbours","aria-label":"cases"},...o(b[t-1],"← previous"),s("span",{},`${t+1} of ${b.length}`),...o(b[t+
1],"next →"))}function O(){let e=decodeURIComponent(location.hash.slice(1)),t=b.find(r=>r.id===e),o=e==="everything";$.
hidden=!!t||e==="seed",N.hidden=e!=="seed"&&!o;for(let r of b)r.hidden=r!==t&&!o,r.hidden||ue(r),r.hidden||W(r,A.checked,
a=>z.textContent=a);for(let r of l(".neighbours"))r.remove();t&&t.prepend(pe(t));let n=t??(e==="seed"?N:$);if(document.title=
t?`${e.replace("case/","")} · racepair`:de,e){let r=n.querySelector("h2");r.tabIndex=-1,r.focus({preventScroll:!0}),scrollTo(
0,0)}}A.addEventListener("change",O);addEventListener("hashchange",O);addEventListener("keydown",e=>{if(e.target.closest(
"input, select, textarea")||e.altKey||e.ctrlKey||e.metaKey)return;let t=document.getElementById("query");e.key==="/"&&t&&
(e.preventDefault(),$.hidden&&(location.hash="#overview"),t.focus())});H(N);var _=$.querySelector(".matrix");_&&M(_);document.
body.classList.add("live");j(b).finally(O);})();
)page";

const std::string_view style = R"page(:root{color-scheme:light dark;--ground: light-dark(#fbfaf7, #14161a);--panel: light-dark(#fff, #1b1e24);--ink: light-dark(#1c1e22,
#e9e7e2);--dim: light-dark(#5a606b, #a4abb8);--rule: light-dark(#dfdbd3, #343943);--link: light-dark(#174ea6, #8ab4f8);--caught:
light-dark(#1a5fb4, #6ea8ff);--right: light-dark(#1a7044, #62c793);--wrong: light-dark(#7a3fb0, #c79bf2);--blind: light-dark(#6b7280,
#98a0ad);--alarm: light-dark(#8f5a00, #e3ad4f);--bad: light-dark(#b3261e, #ff8a80);--changed: light-dark(#fdf0b5, #4b4017);
--racing: light-dark(#fbe3df, #47231f);--now: light-dark(#dcebff, #1f3a5f);--mono: ui-monospace, "SF Mono", "Cascadia Co\
de", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;--serif: Charter, "Iowan Old Style", "Source Serif\
 4", Georgia, "DejaVu Serif", serif;font:1rem/1.5 system-ui,Segoe UI,Roboto,Noto Sans,DejaVu Sans,sans-serif;color:var(--ink);
background:var(--ground)}:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}*{box-sizing:border-box}
[hidden]{display:none!important}body{margin:0}main{max-width:82rem;margin:0 auto;padding:1.5rem clamp(1rem,3vw,2.5rem) 4rem}
a{color:var(--link);text-underline-offset:.2em}:focus-visible{outline:2px solid var(--link);outline-offset:2px}h1,h2,h3,
h4{line-height:1.2;text-wrap:balance}h2:focus{outline:none}h1{font-size:1rem;font-weight:700;margin:0}h2{font-size:clamp(1.6rem,3.4vw,2.3rem);
font-weight:650;letter-spacing:-.015em;margin:0;overflow-wrap:anywhere}h3{font-size:1.2rem;font-weight:620;margin:2.5rem
0 .9rem}h4{font-size:1rem;margin:0 0 .4rem;overflow-wrap:anywhere}h4 span{color:var(--dim);font-weight:400}small{font-size:.8em;
color:var(--dim)}code,pre,var,.steps td,.values td,.values th{font-family:var(--mono);font-style:normal;font-size:.9em;font-variant-ligatures:none}
td var{font-size:1em}code{overflow-wrap:anywhere}pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}.verdict
h2{font-size:clamp(1.7rem,4vw,2.6rem)}.good{color:var(--right)}.bad{color:var(--bad)}.note,.counts,.scope{color:var(--dim)}
.counts{margin:.4rem 0 1.2rem}.scroll{overflow-x:auto}.bar{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;align-items:center;
padding:.55rem clamp(1rem,3vw,2.5rem);border-bottom:1px solid var(--rule);font-size:.92rem;position:sticky;top:0;background:var(--ground);
z-index:2}.bar a{text-decoration:none}.bar a:hover{text-decoration:underline}.bar nav{display:flex;flex-wrap:wrap;gap:.3rem
1.4rem;margin-right:auto}.score:empty{display:none}.score{font-variant-numeric:tabular-nums;font-weight:600}button,select,
input{font:inherit;color:inherit;accent-color:var(--link)}button,select,input[type=search]{background:var(--panel);border:1px
solid var(--rule);border-radius:.4rem;padding:.25rem .7rem}button:not(:disabled){cursor:pointer}button:hover:not(:disabled){
border-color:var(--link)}button:disabled{color:var(--dim)}.filter{display:flex;flex-wrap:wrap;gap:.5rem .7rem;align-items:center;
margin-bottom:1rem}.filter input{flex:0 1 20rem;min-width:9rem}.filter output{color:var(--dim)}table{border-collapse:separate;
border-spacing:0;font-variant-numeric:tabular-nums}caption{text-align:left;color:var(--dim);font-size:.9rem;padding:0 0 .45rem}
th{text-align:left;font-weight:500}thead th{vertical-align:bottom;font-weight:600}th,td{padding:.3rem .9rem .3rem 0;vertical-align:top}
:is(tbody,tfoot) tr>*{border-top:1px solid var(--rule)}td>i,.legend i,.said td:before{content:"";display:inline-block;width:.75rem;
height:.75rem;margin-right:.25rem;overflow:hidden;text-indent:2em;white-space:nowrap;vertical-align:-.0625rem;border-radius:50%;
background:var(--blind);-webkit-print-color-adjust:exact;print-color-adjust:exact}i.c,.said .c:before{background:var(--caught)}
i.s,.said .s:before{background:none;box-shadow:inset 0 0 0 .14em var(--right)}i.w,.said .w:before{background:linear-gradient(90deg,var(--wrong)
50%,transparent 50%);box-shadow:inset 0 0 0 .12em var(--wrong)}i.b,.said .b:before{background:linear-gradient(var(--blind),var(--blind))
center / 100% .16em no-repeat;border-radius:0}i.a,.said .a:before{background:var(--alarm);border-radius:0;clip-path:polygon(50%
0,100% 100%,0 100%)}i.i,.said .i:before{background:none;border:.12em dotted var(--blind)}i.n{background:radial-gradient(var(--rule)
30%,transparent 34%)}i.x,.said .x:before{background:linear-gradient(45deg,transparent 42%,var(--panel) 42% 58%,transparent
58%),linear-gradient(-45deg,transparent 42%,var(--panel) 42% 58%,transparent 58%),var(--bad);border-radius:.12em}.x{color:var(--bad);
font-weight:600}.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;padding:0;margin:1rem 0 2rem;font-size:.88rem;
color:var(--dim)}.legend i{margin-right:.5em}.matrix{width:100%}.matrix thead th{font-size:.92rem}.matrix thead small{display:block;
font-weight:400}.matrix th,.matrix td{padding-right:.4rem}.matrix td{white-space:nowrap}.matrix tbody th{padding-left:.8rem}
.matrix tbody th a{text-decoration:none;color:inherit}.matrix tbody tr:hover{background:var(--panel)}.matrix tbody th a:hover{
color:var(--link);text-decoration:underline}.matrix .part{background:none!important}.matrix .part>*{border:0}.matrix .part
th{padding:1.1rem 0 .25rem;font-weight:650}.matrix tfoot th,.matrix tfoot td{color:var(--dim);font-size:.9rem;white-space:normal}
.matrix tfoot tr:first-child>*{border-top:2px solid var(--ink)}.failed{padding-left:1.1rem;margin:0 0 1.2rem}.verdict details{
margin:-.8rem 0 1.2rem}.verdict summary{margin-bottom:.4rem}.failed li{margin-bottom:.3rem;overflow-wrap:anywhere}article{
border-top:1px solid var(--rule);margin-top:3rem;padding-top:1.5rem}.live article{border:0;margin:0;padding:0}.live article:not([hidden])~
article:not([hidden]){border-top:1px solid var(--rule);margin-top:3rem;padding-top:1.5rem}.mechanism{margin:0;color:var(--dim)}
.lesson{font:1.35rem/1.4 var(--serif);max-width:46rem;margin:.6rem 0;text-wrap:pretty}.scope{margin:0}.scope b{color:var(--ink);
font-weight:600;overflow-wrap:anywhere}.neighbours{float:right;display:flex;gap:1rem;font-size:.92rem;padding-top:.3rem;
color:var(--dim)}.neighbours a{text-decoration:none}.variants{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22.5rem),1fr));
gap:1rem}figure{margin:0;background:var(--panel);border:1px solid var(--rule);border-radius:.5rem;min-width:0;overflow:hidden}
figcaption{color:var(--dim);font-size:.9rem;padding:.5rem .9rem;border-bottom:1px solid var(--rule);display:flex;gap:.7rem;
align-items:baseline;flex-wrap:wrap}figcaption b{color:var(--ink);font:600 1rem var(--mono);overflow-wrap:anywhere}figure
pre{padding:.7rem .9rem;line-height:1.55}pre i{color:var(--dim);font-style:normal}mark{background:var(--changed);color:inherit;
border-radius:.2em;-webkit-print-color-adjust:exact;print-color-adjust:exact}pre>b,.line.race{font-weight:inherit;background:var(--racing);
-webkit-print-color-adjust:exact;print-color-adjust:exact}.line{display:block;position:relative;min-height:1.55em;text-indent:-1em;
padding-left:3.4em}.line:before{content:attr(data-line);position:absolute;left:-.5em;width:2.2em;text-align:right;text-indent:0;
color:var(--dim);font-size:.85em;-webkit-user-select:none;user-select:none}pre:not([data-first]) .line{padding-left:1em}
.line.race{box-shadow:inset .25rem 0 var(--bad)}.line.now{background:var(--now)}.none{padding:.7rem .9rem;margin:0;color:var(--dim)}
.facts table{width:100%;table-layout:fixed;min-width:22rem}.facts table:has(thead th:nth-child(4)){min-width:32rem}.facts
table:has(thead th:nth-child(5)){min-width:40rem}.facts table:has(thead th:nth-child(6)){min-width:48rem}.facts table:has(thead
th:nth-child(7)){min-width:64rem}.facts tr>:first-child{width:12.5rem}.facts th,.facts td{overflow-wrap:anywhere}.facts thead
th{font-family:var(--mono);font-size:.92rem;min-width:8rem;position:relative}.facts tbody tr:first-child>*{border:0}.facts
tbody tr:first-child th{padding-top:1.5rem;color:var(--dim);font-size:.92rem}.facts tbody:first-of-type tr:first-child th{
padding-top:.5rem}.outcomes td{height:2.2rem;font-size:.9rem}.facts th[scope=row]{font-weight:400}.outcomes .right{color:var(--right);
font-weight:600}.outcomes small{color:inherit}svg{display:block;width:100%;height:.5rem;fill:var(--wrong)}.right svg{fill:var(--right)}
.interesting svg{fill:var(--alarm)}rect{height:100%;min-width:2px}.said td{color:var(--dim);font-size:.9rem}.said td:first-line{
color:var(--ink);font-size:1rem}.said td.x:first-line{color:var(--bad);font-weight:600}.reasons{padding-left:1.1rem;margin:1rem
0 0;color:var(--dim);font-size:.92rem}.reasons b{color:var(--ink)}.report,.schedule,.failure{margin-bottom:1.6rem}.report
ol{margin:0;padding-left:1.3rem;max-width:60rem}.report li{margin-bottom:.2rem}.report li b{font-weight:600}details{margin-top:.4rem}
summary{color:var(--dim);cursor:pointer;width:fit-content}details pre,.run pre{background:var(--panel);border:1px solid var(--rule);
border-radius:.4rem;padding:.7rem .9rem;font-size:.85rem;margin-top:.4rem}.failure{border-left:.25rem solid var(--bad);padding-left:1rem}
dl{margin:0;display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--dim)}dd{margin:0;grid-column:2;
overflow-wrap:anywhere;min-width:0}.steps{min-width:26rem}.steps td,.steps th{padding-right:1.6rem;white-space:nowrap}.steps
td:last-child{color:var(--dim);white-space:pre-wrap;min-width:12rem}.steps td:first-child{color:var(--dim)}.steps small{
display:block}.steps .now{background:var(--now)}.steps .now td{color:var(--ink)}.steps .later{opacity:.35}.steps td:first-child,
.steps th:first-child{padding-left:.5rem}.seed .steps td:first-child{color:inherit}.stepper{display:flex;gap:.6rem;align-items:center;
margin:.4rem 0 .8rem;flex-wrap:wrap}.stepper input{flex:0 1 16rem;min-width:7rem}.stepped{display:grid;grid-template-columns:minmax(0,max-content)
minmax(11rem,max-content);gap:1rem 3rem;align-items:start}.values{background:var(--panel);border:1px solid var(--rule);border-radius:.4rem;
padding:.4rem .8rem}.values caption{padding-left:.8rem}.values tr>*{border:0}.values td{text-align:right;padding-right:0;
min-width:3rem;font-weight:600}.values .changed td{background:var(--changed)}.conclusion{font-family:var(--serif);font-size:1.15rem;
margin:.7rem 0 .3rem;max-width:46rem}.replay{margin:0;color:var(--dim);font-size:.9rem}.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(6.8rem,1fr));
gap:.5rem;margin:1.2rem 0 1.8rem}.tiles button{display:flex;gap:.2rem;align-items:center;padding:.45rem .55rem}.tiles span{
width:.55rem;height:1.1rem;border-radius:.1rem}.tiles .t1{background:var(--caught)}.tiles .t2{box-shadow:inset 0 0 0 .12rem
var(--caught)}.tiles b{margin-left:auto;padding-left:.3rem;font-weight:600}.lost b{color:var(--bad)}.kept b{color:var(--right)}
.tiles [aria-pressed=true]{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}.prediction{display:flex;gap:1rem;align-items:center;
margin:1.2rem 0;flex-wrap:wrap}.prediction p{margin:0}.prediction button{background:var(--link);border-color:var(--link);
color:var(--ground);padding:.4rem 1.2rem;font-weight:600}fieldset{border:0;border-top:1px solid var(--rule);margin:0;padding:.5rem
.9rem;min-width:0;display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}legend{float:left;grid-column:1 / -1;padding:0;color:var(--dim);
font-size:.9rem}fieldset output{grid-column:1 / -1}fieldset output:empty{display:none}.hit output{color:var(--right)}.miss
output{color:var(--bad)}[data-predicting=asking] section:not(.code){display:none}[data-predicting=asking] pre :is(mark,b,
.race){background:none;box-shadow:none}[data-predicting=asking] pre i{visibility:hidden}[data-predicting=asking] .line{padding-left:1em}
[data-predicting=asking] .line:before{content:none}@media(max-width:45rem){.stepped{grid-template-columns:minmax(0,1fr)}
.stepped .values{order:-1;width:fit-content}.facts tr>:first-child{width:7.5rem}.facts tbody th[scope=row],.matrix tbody
th{position:sticky;left:0;background:var(--ground);z-index:1}.neighbours{float:none;margin-bottom:.6rem}.matrix tbody th{
padding-left:.5rem}dl{grid-template-columns:1fr}dd{grid-column:1;margin-bottom:.4rem}}@media(prefers-reduced-motion:no-preference){
.steps tr{transition:opacity .15s}}@page{margin:15mm}@media print{:root,:root[data-theme]{color-scheme:light;font-size:10pt;
--ground: #fff}.facts thead th{font-size:.8rem}.bar,.filter,.stepper,.neighbours,.prediction,.tiles,details:not([open]){
display:none}.facts table{min-width:0!important;font-size:.9em}.facts tr>:first-child{width:8.5rem}.stepped{grid-template-columns:1fr}
.stepped .values{display:none}main{max-width:none;padding:0}.scroll{overflow:visible}.live article:not([hidden])~article:not([hidden]){
break-before:page;border:0}figure,.report,.failure,tr{break-inside:avoid}h2,h3,h4,caption{break-after:avoid}.steps .later{
opacity:1}thead{display:table-header-group}}
)page";

const std::string_view policy = R"page(default-src 'none'; script-src 'sha256-yCwDQYUyvt4Ziw1d/s1kI94m40JGkbzmIUawDsWcHSw='; style-src 'sha256-rdCWugKHBAn5Dc7yGsMHso4h+7s6Fd7qShKA70IxGvs='; base-uri 'none'; form-action 'none')page";

}  // namespace racepair::report::page

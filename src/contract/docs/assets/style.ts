/** The style of all pages, in light and dark. Contrasts are those of WCAG 2.2, level AA. */
export const STYLE = `:root {
  color-scheme: light dark;
  --back: #fff;
  --raised: #f6f8fa;
  --line: #d8dee6;
  --soft: #e9edf2;
  --text: #1b212a;
  --quiet: #57616f;
  --link: #0a56b3;
  --focus: #0a66d6;
  --key: #0a4f9e;
  --string: #17642f;
  --number: #8a3c00;
  --warn-back: #fff6df;
  --warn-line: #e8c66a;
  --s2: #14622c; --s2-back: #def5e5;
  --s4: #7a4300; --s4-back: #fff0d6;
  --s5: #a11722; --s5-back: #fde5e6;
  --re: #0a4f9e; --re-back: #e3efff;
  --de: #4c5563; --de-back: #e9edf2;
  --mono: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
  scroll-padding-top: 5.5rem;
  -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0e1116;
    --raised: #161b22;
    --line: #303843;
    --soft: #222933;
    --text: #e6ebf1;
    --quiet: #9aa5b4;
    --link: #7ab7ff;
    --focus: #7ab7ff;
    --key: #8cc2ff;
    --string: #8fd9a3;
    --number: #f2b27a;
    --warn-back: #2b2414;
    --warn-line: #6b5620;
    --s2: #8fe0a8; --s2-back: #12301d;
    --s4: #f6c777; --s4-back: #36280f;
    --s5: #ff9ea4; --s5-back: #3d181c;
    --re: #9ac8ff; --re-back: #14294a;
    --de: #b4becb; --de-back: #262d37;
  }
}
*, ::before, ::after { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--back); color: var(--text); overflow-wrap: break-word }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 3px }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px }
main:focus { outline: none }
code, pre, kbd, var { font-family: var(--mono); font-style: normal; font-size: .9em }
var { padding: 0 .3em; border-radius: 4px; background: var(--soft); white-space: nowrap }
h1, h2, h3 { line-height: 1.25; text-wrap: balance }
b, strong, th { font-weight: 600 }
.sr, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: fixed; z-index: 3; inset-block-start: .5rem; inset-inline-start: .5rem; padding: .5rem 1rem; background: var(--back); border: 1px solid var(--line); border-radius: 8px }

.top { position: sticky; z-index: 2; top: 0; background: var(--back); border-bottom: 1px solid var(--line) }
.bar, main, .end > div { width: 100%; max-width: 76rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) }
.bar { display: flex; align-items: center; gap: 1rem 1.5rem; min-height: 4rem }
.brand { flex: 0 1 auto; min-width: 0; color: inherit; font-weight: 650; font-size: 1.0625rem; text-decoration: none; letter-spacing: -.01em }
.brand:hover { text-decoration: underline }
.gap { flex: 1 }
[role=search] { flex: 1; display: flex; position: relative; max-width: 30rem; margin-inline-start: auto }
[type=search] { flex: 1; min-width: 0; height: 2.5rem; padding: 0 2.5rem 0 .875rem; padding-inline: .875rem 2.5rem; font: inherit; font-size: 1rem; color: inherit; background: var(--raised); border: 1px solid var(--line); border-start-start-radius: 8px; border-end-start-radius: 8px; border-start-end-radius: 0; border-end-end-radius: 0; border-inline-end: 0; appearance: none }
[type=search]::placeholder { color: var(--quiet); opacity: 1 }
[type=search]:focus { background: var(--back); border-color: var(--focus); outline: 2px solid var(--focus); outline-offset: -1px }
[role=search] button { padding: 0 1rem; font: inherit; font-size: .9375rem; color: inherit; background: var(--soft); border: 1px solid var(--line); border-start-end-radius: 8px; border-end-end-radius: 8px; cursor: pointer }
[role=search] button:hover { background: var(--line) }
kbd { display: none; padding: 0 .45em; line-height: 1.5; border: 1px solid var(--line); border-radius: 5px; color: var(--quiet); background: var(--back) }
[role=search] kbd { position: absolute; inset-inline-end: .5rem; top: .6rem; pointer-events: none }
.live [role=search] button { display: none }
.live [type=search] { border-radius: 8px; border-inline-end: 1px solid var(--line) }
@media (hover: hover) { .live [role=search] kbd { display: block } .live [type=search]:is(:focus, :not(:placeholder-shown)) + kbd { display: none } }

.languages { position: relative; font-size: .9375rem }
.languages summary { display: flex; align-items: center; gap: .5em; height: 2.5rem; padding: 0 .75rem; border: 1px solid transparent; border-radius: 8px; cursor: pointer; white-space: nowrap; list-style: none }
.languages summary::-webkit-details-marker { display: none }
.languages summary::after { content: ''; width: .4em; height: .4em; margin-block-start: -.2em; border: solid var(--quiet); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg) }
.languages summary:hover, .languages[open] summary { border-color: var(--line); background: var(--raised) }
.languages ul { position: absolute; inset-inline-end: 0; margin: .375rem 0 0; padding: .375rem; width: max-content; min-width: 11rem; max-height: min(26rem, 70vh); overflow: auto; list-style: none; background: var(--back); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 28px #0003 }
.languages a { display: block; padding: .375rem .75rem; border-radius: 6px; color: inherit; text-decoration: none }
.languages a:hover { background: var(--soft) }
.languages [aria-current] { font-weight: 600; background: var(--re-back); color: var(--re) }

main { flex: 1; padding-block: clamp(1.75rem, 4vw, 3rem) clamp(2rem, 5vw, 4rem) }
h1 { margin: 0; font-size: clamp(1.75rem, 1.3rem + 1.8vw, 2.375rem); font-weight: 680; letter-spacing: -.022em }
.end { border-top: 1px solid var(--line); color: var(--quiet); font-size: .9375rem }
.end > div { display: flex; flex-wrap: wrap; gap: .25rem 2rem; padding-block: 1.5rem }

.s2, .s3, .s4, .s5, i { display: inline-block; padding: .05em .6em; border-radius: 99px; font-size: .8125rem; font-style: normal; font-weight: 600; line-height: 1.7; vertical-align: .06em; white-space: nowrap }
.s2, .ok { color: var(--s2); background: var(--s2-back) }
.s3, .s4 { color: var(--s4); background: var(--s4-back) }
.s5 { color: var(--s5); background: var(--s5-back) }
.re { color: var(--re); background: var(--re-back) }
.de { color: var(--de); background: var(--de-back) }

.index { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem }
.found { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-block-start: .5rem; color: var(--quiet) }
.contents p { margin: 0 0 .5rem; font-size: .8125rem; font-weight: 600; color: var(--quiet) }
.contents ul { margin: 0; padding: 0; list-style: none }
.contents a { display: flex; justify-content: space-between; gap: .75rem; padding: .3rem .75rem; border-radius: 6px; color: inherit; font-size: .9375rem; line-height: 1.45; text-decoration: none }
.contents a:hover { background: var(--soft) }
.contents span { color: var(--quiet); font-variant-numeric: tabular-nums }
@media (max-width: 61.99rem) {
  .contents { margin-inline: calc(-1 * clamp(1rem, 4vw, 2.5rem)) }
  .contents p { display: none }
  .contents ul { display: flex; gap: .5rem; padding: 2px clamp(1rem, 4vw, 2.5rem) .5rem; overflow-x: auto; scrollbar-width: thin }
  .contents a { white-space: nowrap; border: 1px solid var(--line); border-radius: 99px }
}
@media (min-width: 62rem) {
  .index { grid-template-columns: 15rem minmax(0, 1fr); gap: 1.75rem 3rem }
  .head { grid-column: 1 / -1 }
  .index > .list:nth-child(2) { grid-column: 1 / -1 }
  .contents { position: sticky; top: 5.5rem; align-self: start; max-height: calc(100vh - 7rem); overflow: auto; margin-inline-start: -.75rem; padding-block-end: 1rem }
  .contents p { padding-inline-start: .75rem }
}
.list section + section { margin-block-start: 2.75rem }
.list section { content-visibility: auto; contain-intrinsic-size: auto 40rem }
.list h2 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; margin: 0 0 .75rem; font-size: 1.25rem; letter-spacing: -.01em }
.list h2 + p { margin: -.375rem 0 .875rem; max-width: 44rem; color: var(--quiet) }
.range { font: 400 .8125rem/1.5 var(--mono); color: var(--quiet); letter-spacing: 0 }
table { width: 100%; border-collapse: collapse; table-layout: fixed; border-block-end: 1px solid var(--line) }
thead th { padding: 0 .75rem .5rem 0; padding-inline: 0 .75rem; font-size: .8125rem; font-weight: 600; color: var(--quiet); text-align: start; border-block-end: 1px solid var(--line) }
thead th:first-child { width: 27% }
thead th:nth-child(2) { width: 7.5rem }
tbody th, td { padding: .6rem .75rem .6rem 0; padding-inline: 0 .75rem; text-align: start; vertical-align: top; overflow-wrap: anywhere }
tbody tr + tr :is(th, td) { border-block-start: 1px solid var(--soft) }
tbody th { font: 500 .9375rem/1.7 var(--mono) }
tbody th a { text-decoration: none; direction: ltr; unicode-bidi: isolate }
a:has(> code) { text-underline-offset: .3em }
tbody th a:hover { text-decoration: underline; text-underline-offset: .35em }
tbody tr:hover { background: var(--raised) }
tbody td b + span { color: var(--quiet) }
td i { margin-inline-start: .25rem }
tr:has(.de) th a { text-decoration: line-through; color: var(--quiet) }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table, tbody { display: block }
  tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .125rem .75rem; padding: .75rem 0 }
  tbody tr + tr { border-block-start: 1px solid var(--soft) }
  tbody th, tbody td, tbody tr + tr :is(th, td) { padding: 0; border: 0 }
  td:last-child { grid-column: 1 / -1 }
  table { border-block-start: 1px solid var(--line) }
}

.crumbs ol { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 0 0 1.25rem; padding: 0; list-style: none; font-size: .9375rem; color: var(--quiet) }
.crumbs li + li::before { content: '/'; margin-inline-end: .5rem; color: var(--line) }
.crumbs a { color: inherit }
.crumbs span { overflow-wrap: anywhere }
article h1 code { display: block; margin-block-end: .375rem; font-size: 1rem; font-weight: 500; letter-spacing: 0; color: var(--quiet); overflow-wrap: anywhere }
[dir=rtl] article h1 code { text-align: right }
article > h1:has(> code:only-child) code { font-size: inherit; font-weight: 680; color: inherit; margin: 0 }
.badges { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0 }
.badges > * { font-size: .875rem; padding: .15em .75em }
.lead { margin: .75rem 0 0; color: var(--quiet) }
.cols { display: grid; gap: 2rem clamp(2rem, 5vw, 4rem); margin-block-start: 2rem }
@media (min-width: 58rem) { .cols:has(.sample) { grid-template-columns: minmax(0, 1fr) minmax(0, 1.05fr) } }
.cols > * { min-width: 0 }
.text { max-width: 44rem }
.text > :first-child { margin-block-start: 0 }
.text section, .text .note { margin: 0 0 1.5rem }
.text :is(h2, h3), .caption :is(h2, h3) { margin: 0 0 .375rem; font-size: .875rem; font-weight: 600; color: var(--quiet) }
.text p { margin: 0; white-space: pre-line }
.text .lead { margin: 0 0 1.5rem }
.action { padding: .875rem 1.125rem; border-radius: 10px; background: var(--re-back); border-inline-start: 3px solid var(--re) }
.text .action :is(h2, h3) { color: var(--re) }
.note { padding: .875rem 1.125rem; border: 1px solid var(--warn-line); border-radius: 10px; background: var(--warn-back) }
.note p + p { margin-block-start: .375rem }
dl { display: grid; grid-template-columns: minmax(8rem, 11rem) minmax(0, 1fr); margin: 0; border-block-start: 1px solid var(--line) }
dt, dd { margin: 0; padding: .625rem 0; border-block-end: 1px solid var(--soft) }
dt { padding-inline-end: 1rem; color: var(--quiet); font-size: .9375rem }
dl ul { margin: 0; padding: 0; list-style: none }
dl li + li { margin-block-start: .25rem }
@media (max-width: 30rem) { dl { display: block } dt { padding-block-end: 0; border: 0 } dd { padding-block-start: 0 } }
.sample { align-self: start; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); overflow: hidden }
@media (min-width: 58rem) { .sample { position: sticky; top: 5.5rem } }
.caption { display: flex; align-items: center; justify-content: space-between; gap: 1rem; min-height: 2.875rem; padding: .375rem .5rem .375rem 1.125rem; padding-inline: 1.125rem .5rem; border-block-end: 1px solid var(--line) }
.caption :is(h2, h3) { margin: 0 }
.caption button { padding: .25rem .75rem; font: inherit; font-size: .875rem; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 7px; cursor: pointer }
.caption button:hover { background: var(--soft) }
pre { margin: 0; padding: 1rem 1.125rem; overflow-x: auto; font-size: .875rem; line-height: 1.65; white-space: pre-wrap; overflow-wrap: anywhere }
pre:focus-visible { outline-offset: -3px; border-radius: 10px }
pre code { font-size: inherit }
pre u { color: var(--key); text-decoration: none }
pre s { color: var(--string); text-decoration: none }
pre em { color: var(--number); font-style: normal }
.sample p { margin: 0; padding: .625rem 1.125rem; font-size: .875rem; color: var(--quiet); border-block-start: 1px solid var(--line) }
.one { margin-block-start: 2.5rem; padding-block-start: 2rem; border-block-start: 1px solid var(--line) }
.one > h2 { margin: 0; font-size: 1.375rem }
.pager { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1rem; margin-block-start: clamp(2.5rem, 6vw, 4.5rem) }
.pager a { display: block; padding: .875rem 1.125rem; border: 1px solid var(--line); border-radius: 10px; color: inherit; text-decoration: none }
.pager a:hover { border-color: var(--link); background: var(--raised) }
.pager [rel=next] { text-align: end }
.pager small { display: block; font-size: .8125rem; color: var(--quiet) }
.pager code { color: var(--link) }

@media (max-width: 44rem) {
  :root { scroll-padding-top: 8rem }
  .bar { flex-wrap: wrap; padding-block: .75rem; gap: .5rem 1rem }
  .brand { flex: 1 }
  [role=search] { order: 3; flex-basis: 100%; max-width: none }
  .languages summary { padding-inline-end: .25rem }
}
@media print {
  .top, .contents, .pager, .crumbs, .caption button { display: none }
  .list section { content-visibility: visible }
  .cols:has(.sample) { display: block }
}
@media (forced-colors: active) { i, .s2, .s3, .s4, .s5 { border: 1px solid } }
`

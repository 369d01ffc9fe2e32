/** The report's style sheet: system fonts, light and dark by the reader's setting, contrast of WCAG AA and better. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f5f6f8; --line: #d3d7de; --text: #1b1f26; --quiet: #525b68; --link: #0a4fb3;
  --good: #156b2c; --bad: #b3161b; --known: #7a4b00; --open: #4b5563;
  --good-panel: #e6f4ea; --bad-panel: #fdebec; --known-panel: #fdf3dc; --open-panel: #eef0f3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --panel: #1d2128; --line: #3a414d; --text: #e7e9ee; --quiet: #aab2c0; --link: #8ab8ff;
    --good: #79d492; --bad: #ff9d9d; --known: #f0c36d; --open: #b9c1ce;
    --good-panel: #14301d; --bad-panel: #3d1b1e; --known-panel: #38290c; --open-panel: #272c35;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; max-width: 48rem; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, pre:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
pre { margin: .25rem 0 1rem; padding: .75rem; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
.verdict { margin: 1.5rem 0; padding: 1.25rem 1.5rem; border: 1px solid var(--line); border-left: .5rem solid currentColor; border-radius: .5rem; }
.verdict > * { color: var(--text); }
.verdict h1 { color: inherit; }
.good { color: var(--good); } .bad { color: var(--bad); } .known { color: var(--known); } .open { color: var(--open); }
.verdict.good { background: var(--good-panel); } .verdict.bad { background: var(--bad-panel); }
.verdict.known { background: var(--known-panel); } .verdict.open { background: var(--open-panel); }
.mark { font-weight: 600; white-space: nowrap; }
.quiet { color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: .75rem 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.tally { display: flex; align-items: baseline; gap: .25rem 1rem; margin: .75rem 0; }
.tally p { min-width: 7rem; margin: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; margin: 0; list-style: none; }
.counts li { padding: .3rem .8rem; background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; }
.counts b { font-size: 1.25rem; margin-right: .35rem; }
.failure { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: .35rem solid var(--bad); border-radius: .5rem; }
.failure h3 { margin-top: 0; }
.mismatch { font-size: 1rem; }
.mismatch dd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; } td.short { white-space: nowrap; overflow-wrap: normal; }
th { font-weight: 600; } th[scope=row] { white-space: nowrap; }
table.requirements th:nth-child(1) { width: 13rem; } table.requirements th:nth-child(2) { width: 5.5rem; } table.requirements th:nth-child(3) { width: 11rem; }
thead th { color: var(--quiet); font-size: .85rem; }
tr:target > *, details:target > summary, .failure:target { background: var(--known-panel); }
details { overflow-wrap: anywhere; border-bottom: 1px solid var(--line); padding: .35rem 0; }
details details, td details { border: 0; padding-bottom: 0; }
summary { cursor: pointer; }
details > div { padding: .25rem 0 .5rem 1.1rem; }
ol.steps { padding-left: 1.25rem; } ol.steps > li { margin: .2rem 0; }
footer { margin-top: 3rem; padding-bottom: 2rem; }
.skip-link { position: absolute; left: -999rem; } .skip-link:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; }
@media (max-width: 40rem) { .tally { flex-wrap: wrap; } dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: .5rem; } }
@media print { details > div { display: block; } a { color: inherit; } }
`

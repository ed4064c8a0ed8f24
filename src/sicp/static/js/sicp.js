// The way in of every page: each part is loaded only where the page has need of it.
// Nothing here is necessary: without scripts, links and forms do the same work.

const PARTS = [
  ["[data-search]", "./search.js"],
  ["[data-suggest]", "./suggest.js"],
  ["[data-facets]", "./facets.js"],
  ["[data-menu-button], [data-account]", "./menu.js"],
  ["[data-tree]", "./tree.js"],
  ["[data-table]", "./table.js"],
  ["[data-confirm]", "./confirm.js"],
  ["[data-flash]", "./flash.js"],
  ["[data-rows]", "./rows.js"],
  ["[data-date]", "./dates.js"],
  ["[data-cpv-url]", "./cpv.js"],
  ["[data-filter]", "./list_filter.js"],
  ["[data-form]", "./form.js"],
  ["[data-passages]", "./passage.js"],
  ["[data-progress]", "./progress.js"],
];

for (const [selector, module] of PARTS) {
  if (document.querySelector(selector)) {
    import(module).then((part) => part.start(document));
  }
}

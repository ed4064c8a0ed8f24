// Finds the sheets that hold all the words, those whose title does first.
"use strict";
(function () {
  const MOST = 100;
  const form = document.getElementById("recherche");
  const box = document.getElementById("mots");
  const count = document.getElementById("compte");
  const list = document.getElementById("resultats");
  const words = (text) =>
    text.replace(/œ/gi, "oe").replace(/æ/gi, "ae").normalize("NFD").replace(/[\u0300-\u036f]/g, "")
      .toLowerCase().match(/[0-9a-z]+(?:-[0-9]+)*/g) || [];
  const has = (text, word) => (" " + text).includes(" " + word);

  function find() {
    const wanted = words(box.value).filter((word) => word.length > 1);
    list.textContent = "";
    if (!wanted.length) {
      count.textContent = "";
      return;
    }
    const found = [];
    for (const entry of window.SICP_INDEX) {
      const whole = entry[4] + " " + entry[5];
      if (wanted.every((word) => has(whole, word))) {
        found.push([wanted.filter((word) => has(entry[4], word)).length, entry]);
      }
    }
    found.sort((a, b) => b[0] - a[0]);
    const said = list.dataset;
    count.textContent = !found.length ? said.none
      : found.length === 1 ? said.one : found.length + " " + said.many;
    if (found.length > MOST) {
      count.textContent += ". " + said.first;
    }
    for (const [, entry] of found.slice(0, MOST)) {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = encodeURI(entry[1]);
      link.textContent = entry[0];
      const note = document.createElement("span");
      note.className = "note";
      note.textContent = " " + [entry[2], entry[3]].filter(Boolean).join(" – ");
      line.append(link, note);
      list.append(line);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  box.addEventListener("input", find);
  box.value = new URLSearchParams(location.search).get("q") || "";
  find();
})();


// Filters the table of publications while the reader types. Without this script the whole table stands there.
const box = document.querySelector("[data-search]");
const rows = [...document.querySelectorAll("[data-publications] tbody tr")];
const count = document.querySelector("[data-count]");
const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
box.hidden = false;
box.querySelector("input").addEventListener("input", event => {
  const words = plain(event.target.value).split(/\s+/);
  for (const row of rows) row.hidden = !words.every(word => plain(row.textContent).includes(word));
  count.textContent = count.dataset.count.replace("{}", rows.filter(row => !row.hidden).length);
});

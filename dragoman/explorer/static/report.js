// Opens the article that a link leads into, and switches between light and dark.
"use strict";
const reveal = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const box = place?.closest("details");
  if (!box) return;
  box.open = true;
  place.scrollIntoView({ block: "center" });
};
addEventListener("hashchange", reveal);
reveal();
document.querySelector("[data-theme-toggle]").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
if (matchMedia("(max-width: 52rem)").matches) document.querySelector(".menu").open = false;

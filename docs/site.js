// What the theme leaves out for readers who use the keyboard or a screen reader.
for (const block of document.querySelectorAll("pre, .table-wrapper")) block.tabIndex = 0;
for (const caption of document.querySelectorAll("p.caption[role=heading]")) caption.setAttribute("aria-level", "2");
document.querySelector("aside.sidebar-drawer")?.setAttribute("aria-label", "Pages");
document.querySelector("aside.toc-drawer")?.setAttribute("aria-label", "This page");

// @ts-check
// A link from elsewhere to #comment-123 (the old site) or #c-12 leads to the comment, though it stands on another page.

const follow = () => {
  const anchor = location.hash.slice(1).split(":~:")[0];
  if (!anchor || document.getElementById(anchor)) return;
  const article = location.pathname.match(/^\/\d{4}\/\d{2}\/\d{2}\/[^/]+\//)?.[0];
  const seq = anchor.match(/^c-(\d+)$/)?.[1];
  if (article && seq) location.replace(`${article}c/${seq}/`);
  else if (article && /^comment-\d+$/.test(anchor)) location.replace(`${article}c/${anchor}/`);
};

addEventListener("hashchange", follow);
follow();

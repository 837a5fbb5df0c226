// @ts-check
// For moderators alone, whom mine.js has recognised: from each comment the way to where it is pinned, picked or removed.

for (const comment of document.querySelectorAll("#discussion .comment:not(.removed)")) {
  const own = /** @type {HTMLAnchorElement | null} */ (comment.querySelector(":scope > .comment-head > .moment"));
  const deeds = comment.querySelector(":scope > .deeds");
  if (!own || !deeds) continue;
  const link = document.createElement("a");
  link.href = `/newsroom/comments/at${own.pathname}`;
  link.textContent = "Newsroom";
  const whose = document.createElement("span");
  whose.className = "unseen";
  whose.textContent = `: the comment by ${comment.querySelector(":scope > .comment-head > .comment-author")?.textContent}`;
  link.append(whose);
  deeds.append(link);
}

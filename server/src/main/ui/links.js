// @ts-check

/**
 * Links within the page don't load it again, unless they are opened elsewhere.
 * @param {(path: string) => void} go
 */
export function listenToLinks(go) {
  document.addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || leadsOut(link)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

/** @param {HTMLAnchorElement} link */
function leadsOut(link) {
  return link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')
    || link.pathname.startsWith('/api/') || link.getAttribute('href')?.startsWith('#');
}

/** Lets lessons link to `/lessons/…/` wherever the site is mounted. */
export default function rehypeBase(base) {
  const prefix = base.replace(/\/+$/, '');
  const visit = (node) => {
    const href = node.properties?.href;
    if (typeof href === 'string' && /^\/(?!\/)/.test(href)) node.properties.href = prefix + href;
    node.children?.forEach(visit);
  };
  return visit;
}

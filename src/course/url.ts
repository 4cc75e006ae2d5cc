const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** The address of a page or file of the site, wherever the site is mounted. */
export const url = (path: string): string => `${base}/${path.replace(/^\//, '')}`;

export const lessonUrl = (slug: string): string => url(`lessons/${slug}/`);

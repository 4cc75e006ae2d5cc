import type { APIRoute } from 'astro';
import { writtenLessons } from '../course/outline.ts';
import { lessonUrl, url } from '../course/url.ts';

export const GET: APIRoute = async ({ site }) => {
  const pages = [
    url('/'),
    url('/about/'),
    url('/conformance/'),
    ...(await writtenLessons()).map((lesson) => lessonUrl(lesson.id)),
  ];
  const entries = pages.map((page) => `  <url><loc>${new URL(page, site)}</loc></url>`);
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...entries,
    '</urlset>',
    '',
  ].join('\n');
  return new Response(xml, { headers: { 'Content-Type': 'application/xml' } });
};

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from './serve.mjs';

const outer = mkdtempSync(join(tmpdir(), 'dxdx-serve-'));
const folder = join(outer, 'dist');
let server: Server;
let port: number;

beforeAll(async () => {
  mkdirSync(join(folder, '_astro'), { recursive: true });
  mkdirSync(join(folder, 'lesson'));
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<p>home');
  writeFileSync(join(folder, '404.html'), '<p>lost');
  writeFileSync(join(folder, 'lesson/index.html'), '<p>lesson');
  writeFileSync(join(folder, '_astro/a.1f.js'), 'let a;');
  writeFileSync(join(folder, 'python.wasm'), 'wasm');
  const started = await serve({ folder, base: '/course/', port: 0 });
  server = started.server;
  port = Number(new URL(started.address).port);
});

afterAll(() => {
  server.close();
  rmSync(outer, { recursive: true });
});

interface Reply {
  status?: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Not fetch(): it tidies a path before it sends it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject).end();
  });
}

test('serves a page, and its folder without the slash by way of it', async () => {
  expect(String((await ask('/course/')).body)).toBe('<p>home');
  expect(String((await ask('/course/lesson/?a=b')).body)).toBe('<p>lesson');
  expect((await ask('/course/lesson')).headers.location).toBe('/course/lesson/');
  expect((await ask('/')).headers.location).toBe('/course/');
});

test('says what a file is, and which may be kept', async () => {
  const script = await ask('/course/_astro/a.1f.js');
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(script.headers['cache-control']).toContain('immutable');
  const python = await ask('/course/python.wasm');
  expect(python.headers['content-type']).toBe('application/wasm');
  expect(python.headers['cache-control']).toBe('no-cache');
});

test('compresses text for who can read it', async () => {
  const zipped = await ask('/course/lesson/', { 'accept-encoding': 'gzip, br' });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  expect(String(gunzipSync(zipped.body))).toBe('<p>lesson');
  expect((await ask('/course/lesson/')).headers['content-encoding']).toBeUndefined();
});

test('sends nothing twice', async () => {
  const { headers } = await ask('/course/');
  expect((await ask('/course/', { 'if-none-match': String(headers.etag) })).status).toBe(304);
});

test.each([
  '/course/../secret.txt',
  '/course/%2e%2e/secret.txt',
  '/course/..%2fsecret.txt',
  '/course/....//secret.txt',
  '/course/lesson/..%2f..%2f..%2fsecret.txt',
  '/course/%00',
  '/secret.txt',
  '//secret.txt',
])('gives nothing outside the folder: %s', async (path) => {
  const reply = await ask(path);
  expect([reply.status, String(reply.body)]).toEqual([404, '<p>lost']);
});

test('answers HEAD without a body, refuses other methods and addresses that mean nothing', async () => {
  const head = await ask('/course/', {}, 'HEAD');
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, '7']);
  expect((await ask('/course/', {}, 'POST')).status).toBe(405);
  expect((await ask('/course/%')).status).toBe(400);
});

test('takes the next port where one is taken, unless told not to', async () => {
  const next = await serve({ folder, port });
  expect(next.address).not.toContain(`:${port}/`);
  next.server.close();
  await expect(serve({ folder, port, strict: true })).rejects.toThrow('EADDRINUSE');
});

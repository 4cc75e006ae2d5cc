// Serves the built site as a static host does: `node scripts/serve.mjs [--port N] [--host H] [--base /path/] [--strict]`.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.py': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
  '.zip': 'application/zip',
};
const COMPRESSIBLE = /^(text\/|application\/(json|xml|manifest)|image\/svg)/;
/** A file whose address changes with its content may be kept for ever. */
const IMMUTABLE = /^\/(_astro|pyodide)\//;

/** The file an address stands for, or undefined; nothing outside the folder can be named. */
function fileFor(folder, address) {
  const path = resolve(folder, `.${normalize(`/${address}`)}`);
  if (path !== folder && !path.startsWith(folder + sep)) return undefined;
  const file = address.endsWith('/') ? join(path, 'index.html') : path;
  return existsSync(file) ? file : undefined;
}

/** Each text is compressed once; binaries go as they are, the way is short. */
function compressor() {
  const kept = new Map();
  return (file, stamp) => {
    const known = kept.get(file);
    if (known?.stamp === stamp) return known.body;
    const body = gzipSync(readFileSync(file));
    kept.set(file, { stamp, body });
    return body;
  };
}

function handler(folder, base) {
  const compressed = compressor();

  function send(request, response, status, file) {
    const { size, mtimeMs } = statSync(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const etag = `W/"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
    const zip = COMPRESSIBLE.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const immutable = IMMUTABLE.test(file.slice(folder.length).replaceAll(sep, '/'));
    response.setHeader('Content-Type', type);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    response.setHeader('ETag', etag);
    response.setHeader('Vary', 'Accept-Encoding');
    if (status === 200 && request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    const body = zip ? compressed(file, etag) : undefined;
    if (zip) response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Content-Length', body?.length ?? size);
    response.writeHead(status);
    if (request.method === 'HEAD') return response.end();
    if (body) return response.end(body);
    return createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  }

  function notFound(request, response) {
    const page = join(folder, '404.html');
    if (existsSync(page)) return send(request, response, 404, page);
    return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
    let path;
    try {
      path = decodeURIComponent(request.url.split(/[?#]/)[0]);
    } catch {
      return response.writeHead(400).end(); // a % that encodes nothing
    }
    if (!path.startsWith(base)) {
      const home = path === '/' || `${path}/` === base;
      return home ? response.writeHead(302, { Location: base }).end() : notFound(request, response);
    }
    const address = path.slice(base.length);
    const file = fileFor(folder, address === '' ? '/' : address);
    if (!file) return notFound(request, response);
    if (statSync(file).isDirectory())
      return response.writeHead(301, { Location: `${encodeURI(path)}/` }).end();
    return send(request, response, 200, file);
  };
}

function listen(server, port, host, attempts) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code !== 'EADDRINUSE' || attempts === 0) reject(error);
      else resolve(listen(server, attempts > 1 ? port + 1 : 0, host, attempts - 1));
    });
    server.listen(port, host, () => resolve(server.address().port));
  });
}

/** Starts serving `folder` under `base`; a taken port gives way to the next free one unless `strict`. */
export async function serve({ folder, base = '/', host = '127.0.0.1', port = 4321, strict = false }) {
  const server = createServer(handler(resolve(folder), base));
  const actual = await listen(server, port, host, strict ? 0 : 20);
  return { server, address: `http://${host}:${actual}${base}` };
}

/** The options of the command line, shared with `npm start`. */
export function serveOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.PORT ?? '4321' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: process.env.BASE_PATH ?? '/' },
      strict: { type: 'boolean', default: false },
    },
  });
  const base = `/${values.base}/`.replace(/\/+/g, '/');
  return {
    ...values,
    base,
    port: Number(values.port),
    folder: fileURLToPath(new URL('../dist', import.meta.url)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve(serveOptions());
  console.log(`dxdx is at ${address}`);
}

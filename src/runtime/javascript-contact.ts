// Whether a program has had to do with JavaScript, other than by what every program does: call the engine.
//
// All else that Python can do to JavaScript it does through functions that its WebAssembly imports. Those in the course
// of an ordinary program are listed here: they convert values, pass buffers, and do what an operating system does, in a
// world that is thrown away with the interpreter. Where any other is called, who knows what is left behind: a patched
// prototype, a timer, a promise. Then no other program is run beside it.

/** Conversions of values, in both directions, and what looks at a value without changing anything. */
const CONVERSIONS = [
  ...['js2python_js', 'js2python_immutable_js', 'js2python_convert', 'is_comlink_proxy'],
  ...[
    'JsProxy_compute_typeflags',
    'JsvNoValue_Check',
    'JsvError_Check',
    'JsvArray_Check',
    'JsvPromise_Check',
  ],
  ...[
    'JsvGenerator_Check',
    'JsvAsyncGenerator_Check',
    'JsvFunction_Check',
    'pyproxy_Check',
    'JsvUTF8ToString',
  ],
  ...['JsvNum_fromInt', 'JsvNum_fromDouble', 'JsvNum_toInt', 'JsvBigInt_fromInt', 'JsvBigInt_fromDigits'],
  ...['Jsv_BigIntToNum', '_python2js_ascii', '_python2js_ucs1', '_python2js_ucs2', '_python2js_ucs4'],
  ...['JsvArray_New', 'JsvArray_Push', 'JsvArray_Get', 'JsBuffer_get_info', 'JsvBuffer_assignToPtr'],
  ...['pyproxy_new_ex', 'proxy_cache_get', 'proxy_cache_set', 'pyproxy_AsPyObject', 'destroy_proxies'],
  ...['destroy_proxy', 'gc_register_proxies', '_pyproxy_get_buffer_result', 'can_run_sync_js'],
  ...['__hiwire_deduplicate_new', '__hiwire_deduplicate_get', '__hiwire_deduplicate_set'],
  ...['__hiwire_deduplicate_delete', '_PyEM_TrampolineCall_JS', '_Py_CheckEmscriptenSignals_Helper'],
];
/** Of what an operating system does: time, memory, and files, which are the interpreter's own. */
const SYSTEM =
  /^(random_get|(fd|clock|environ)_\w+|emscripten_(date_now|get_now|get_heap_max|resize_heap)|_(tzset|timegm|mktime|localtime|gmtime)_js|__syscall_(fcntl64|openat|ioctl|faccessat|f?chdir|f?chmod|fchmodat2|fchown(at|32)|dup3?|fdatasync|f?stat64|newfstatat|lstat64|f?truncate64|getcwd|getdents64|mkdirat|mknodat|fadvise64|fallocate|readlinkat|unlinkat|rmdir|renameat|f?statfs64|symlinkat|utimensat|getuid32_js|umask_js))$/;

type Imported = (...values: unknown[]) => unknown;

/** Watches one interpreter, and remembers. */
export class JavaScriptContact {
  #isWatching = false;
  #wasMade = false;

  /** Whether there has been any, while it was watched for. */
  get wasMade(): boolean {
    return this.#wasMade;
  }

  /** The interpreter is ready: from now on a program can do what it does. */
  watch(): void {
    this.#isWatching = true;
  }

  /** Put watchmen before the functions that WebAssembly is about to import. */
  guard(imports: WebAssembly.ModuleImports): void {
    for (const [name, imported] of Object.entries(imports)) {
      if (typeof imported !== 'function' || CONVERSIONS.includes(name) || SYSTEM.test(name)) continue;
      const call = imported as Imported;
      imports[name] = (...values: unknown[]) => {
        if (this.#isWatching) this.#wasMade = true;
        return call(...values);
      };
    }
  }
}

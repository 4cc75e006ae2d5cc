/** Just enough of a browser tab for the tests of this folder: several tabs share one `Disk`. */
export class Disk {
  readonly values = new Map<string, string>();
  full = false;
  blocked = false;
}

export class Tab extends EventTarget {
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #disk: Disk;

  constructor(disk: Disk) {
    super();
    this.#disk = disk;
    const open = () => {
      if (disk.blocked) throw new DOMException('blocked', 'SecurityError');
      return disk.values;
    };
    this.localStorage = {
      getItem: (key) => open().get(key) ?? null,
      setItem: (key, value) => {
        if (disk.full) throw new DOMException('full', 'QuotaExceededError');
        open().set(key, value);
      },
      removeItem: (key) => {
        open().delete(key);
      },
    };
  }

  /** What the browser does in this tab after another one has written. */
  hearAbout(key: string): void {
    this.dispatchEvent(
      Object.assign(new Event('storage'), { key, newValue: this.#disk.values.get(key) ?? null }),
    );
  }
}

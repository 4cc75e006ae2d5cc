const text =
  'Your browser does not let this page keep anything (storage is blocked or full). What you type and solve lasts until you close or reload this tab.';

/** A note at the foot of the window that stays until the reader closes it, across pages too. */
export function showStorageNotice(): void {
  const notice = document.createElement('div');
  notice.className = 'storage-notice';
  notice.setAttribute('role', 'status');
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button';
  close.textContent = 'I see';
  const place = () => document.body.append(notice);
  close.addEventListener('click', () => {
    document.removeEventListener('astro:after-swap', place);
    notice.remove();
  });
  document.addEventListener('astro:after-swap', place);
  place();
  // A live region speaks only about what changes after it is there.
  requestAnimationFrame(() => notice.append(text, close));
}

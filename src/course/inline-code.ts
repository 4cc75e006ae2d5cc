const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A title or one-line text as HTML: what stands between backticks is set as code. */
export const withCode = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** The same text where no markup is possible, as in a page's title. */
export const withoutCode = (text: string): string => text.replaceAll('`', '');

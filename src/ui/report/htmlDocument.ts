/** Text as it may stand in HTML and SVG. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`)

/** A whole HTML document around a body, with everything that it needs in it. */
export function htmlDocument({ title, language, css, body }: { readonly title: string; readonly language: 'zh' | 'en'; readonly css: string; readonly body: string }): string {
  return `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${css}</style></head><body>${body}</body></html>\n`
}

/** Shows a document in a tab of its own; false where the browser does not let it. */
export function openHtml(html: string): boolean {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
  return window.open(url, '_blank') !== null
}

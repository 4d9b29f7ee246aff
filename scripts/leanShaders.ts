import type { Plugin } from 'vite'

/**
 * Takes comments and indentation out of the shaders, which the minifier leaves as they are: they are text to it.
 * Elsewhere in these files both mean nothing either.
 */
export const leanShaders = (): Plugin => ({
  name: 'lean-shaders',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) => id.includes('/src/render/') ? { code: code.replace(/^[ \t]+/gm, '').replace(/^\/\/.*\n/gm, '').replace(/;[ \t]*\/\/.*$/gm, ';'), map: null } : null,
})

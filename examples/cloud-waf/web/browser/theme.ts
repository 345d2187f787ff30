import { find } from './dom.ts'

/** Follows the system until the button is pressed. */
export function offerThemes(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const { dataset } = document.documentElement
  find('#theme').addEventListener('click', () => {
    const isDark = (dataset['theme'] ?? (dark.matches ? 'dark' : 'light')) === 'dark'
    dataset['theme'] = isDark ? 'light' : 'dark'
  })
}

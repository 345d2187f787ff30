/** Makes an element. Text is text: nothing here becomes HTML. */
export function el<TName extends keyof HTMLElementTagNameMap>(
  name: TName,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[TName] {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.append(...children)
  return element
}

/** The first element that a selector names. */
export function find(selector: string, within: ParentNode = document): HTMLElement {
  return findA(HTMLElement, selector, within)
}

/** The same, of a kind: `findA(HTMLInputElement, '#search')`. */
export function findA<TElement extends HTMLElement>(
  kind: new () => TElement,
  selector: string,
  within: ParentNode = document,
): TElement {
  const found = within.querySelector(selector)
  if (!(found instanceof kind)) throw new TypeError(`The page has no ${kind.name} ${selector}`)
  return found
}

/**
 * The script of all pages: it adds to pages that work without. It evaluates nothing and makes no element, so that the
 * strictest policy lets it.
 */
export const SCRIPT = `'use strict'
;(() => {
  const page = document.documentElement
  const form = document.querySelector('[role=search]')
  const input = form && form.elements.q
  page.classList.add('live')
  if (form) form.hidden = false

  /** The index, with a query that is for this script alone. */
  const addressOf = (query) => {
    const fields = new URLSearchParams(new FormData(form))
    fields.delete('q')
    const sent = String(fields)
    return form.getAttribute('action') + (sent && '?' + sent) + '#q=' + encodeURIComponent(query)
  }
  const decoded = (text) => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }

  // As search.ts has it.
  const searched = (text) => text.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase()

  if (form && form.dataset.none) {
    const status = document.querySelector('[role=status]')
    const all = document.querySelector('.all')
    let sections
    let only

    // Once, when the first letter is typed.
    const read = () => {
      const links = document.querySelectorAll('.contents a')
      sections = Array.from(document.querySelectorAll('.list section'), (section, index) => {
        const heading = section.querySelector('h2')
        const name = heading ? heading.firstChild.textContent : section.querySelector('table').getAttribute('aria-label')
        const rows = Array.from(section.querySelector('tbody').rows, (row) => ({
          row,
          text: searched(Array.from(row.cells, (cell) => cell.textContent).join(' ') + ' ' + name),
        }))
        return { section, rows, link: links[index] }
      })
    }

    const filter = () => {
      if (!sections) read()
      const query = input.value.trim()
      const words = searched(query).split(/\\s+/).filter(Boolean)
      let found = 0
      for (const { section, rows, link } of sections) {
        let inHere = 0
        for (const { row, text } of rows) {
          const isFound = words.every((word) => text.includes(word))
          if (row.hidden === isFound) row.hidden = !isFound
          if (!isFound) continue
          inHere++
          only = row
        }
        section.hidden = inHere === 0
        if (link) {
          link.parentNode.hidden = inHere === 0
          link.lastElementChild.textContent = inHere
        }
        found += inHere
      }
      if (found !== 1) only = undefined
      all.hidden = query === ''
      const { many, one, none } = form.dataset
      const said = found === 0 ? none.replace('%query%', () => query) : found === 1 ? one : many.replace('%number%', found.toLocaleString(page.lang))
      status.textContent = query === '' ? '' : said
    }

    input.addEventListener('input', filter)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      filter()
      if (only) location.href = only.querySelector('a').href
    })
    all.addEventListener('click', (event) => {
      event.preventDefault()
      input.value = ''
      filter()
      input.focus()
    })
    // A query that the server has answered, or another page has sent: here are all errors to look among.
    if ('filtered' in form.dataset) location.replace(addressOf(input.value))
    const given = /^#q=(.*)/.exec(location.hash)
    if (given) {
      input.value = decoded(given[1])
      input.focus()
    }
    // The browser has kept what was typed when it comes back to the page.
    if (input.value) filter()
  } else if (form) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      location.href = addressOf(input.value)
    })
  }

  const menu = document.querySelector('.languages')
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest('input, textarea, select, [contenteditable]')
    if (event.key === '/' && input && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      input.focus()
      input.select()
    }
    if (event.key !== 'Escape') return
    if (menu && menu.open) {
      menu.open = false
      menu.querySelector('summary').focus()
    } else if (event.target === input) {
      input.value = ''
      input.dispatchEvent(new Event('input'))
    }
  })
  document.addEventListener('click', (event) => {
    if (menu && menu.open && !menu.contains(event.target)) menu.open = false
  })

  for (const button of document.querySelectorAll('.caption button')) {
    // Where the page is not secure, there is none.
    if (!navigator.clipboard) break
    const label = button.textContent
    button.hidden = false
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(button.closest('.sample').querySelector('pre').textContent)
        button.textContent = button.dataset.done
        setTimeout(() => (button.textContent = label), 2000)
      } catch {
        // The reader has not allowed it.
      }
    })
  }
})()
`

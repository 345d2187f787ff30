import { escapeHtml } from '../../../guard/html.ts'
import { marksOf, type Mark } from '../facts.ts'
import type { Item } from '../site.ts'
import type { Words } from '../words.ts'
import type { Html } from './markup.ts'

/** A status, in the color of its class. */
export function statusBadge(status: number, text = String(status)): Html {
  return `<b class=s${Math.floor(status / 100)}>${escapeHtml(text)}</b>`
}

const CLASSES: Readonly<Record<Mark, string>> = { success: 'ok', retryable: 're', deprecated: 'de' }

/** What else is to be known of an error at a glance. */
export function markBadges(item: Item, words: Words): Html {
  return marksOf(item)
    .map((mark) => ` <i class=${CLASSES[mark]}>${escapeHtml(words.say(mark))}</i>`)
    .join('')
}

import { MAX_TEXT_LENGTH, placeholders } from '../../catalog/template.ts'
import { FIELDS, type Field, type Texts } from './draft.ts'
import type { Todo } from './model.ts'
import { toPlaceholders, type Dialect } from './placeholders.ts'
import { remark, type Remark } from './table.ts'

/** Counts what was changed in texts, for one note about all of it. */
export class TextNotes {
  private placeholders = 0
  private example = ''
  private line = 0
  private markdown = 0
  private marked = 0

  placeholder(written: readonly string[], text: string, line: number): void {
    this.placeholders += written.length
    if (this.line === 0) {
      this.line = line
      this.example = `${written[0]} in ${JSON.stringify(text.slice(0, 50))}`
    }
  }

  /** Emphasis and links are kept word for word: clients see them. */
  look(text: string, line: number): void {
    if (!/\*\*\S|\]\([^)\s]+\)|<\/?[a-z]+>/i.test(text)) return
    this.markdown += 1
    this.marked ||= line
  }

  all(): readonly Omit<Remark, 'file'>[] {
    const found: Omit<Remark, 'file'>[] = []
    if (this.placeholders > 0) {
      const count = this.placeholders === 1 ? '1 placeholder is' : `${this.placeholders} placeholders are`
      found.push(
        remark('placeholders', this.line, `${count} written as {{…}}, such as ${this.example}.`, 'note'),
      )
    }
    if (this.markdown > 0) {
      const count = this.markdown === 1 ? '1 text holds' : `${this.markdown} texts hold`
      found.push(
        remark(
          'markup-kept',
          this.marked,
          `${count} emphasis, links or tags, which are kept as they are written.`,
          'note',
        ),
      )
    }
    return found
  }
}

export interface TextPlace {
  /** How the error is called in a remark. */
  readonly shown: string
  readonly status: number | undefined
  readonly line: number
  readonly dialect: Dialect
}

/** Makes texts that a catalog takes. What it would refuse is a TODO. */
export function catalogTexts(
  texts: Texts,
  { shown, status, line, dialect }: TextPlace,
  notes: TextNotes,
  add: (found: Omit<Remark, 'file'>) => void,
): Partial<Record<Field, string | Todo>> {
  const made: Partial<Record<Field, string | Todo>> = {}
  const doubt = (field: Field, text: string, why: string): void => {
    made[field] = { proposal: text, why: `line ${line}: ${why}` }
    add(remark(`${field}-unclear`, line, `${shown}: its ${field} ${why}.`))
  }
  const message = texts.message === undefined ? undefined : toPlaceholders(texts.message, dialect)
  const params = message === undefined ? [] : placeholders(safe(message.text), shown)
  for (const field of FIELDS) {
    const written = texts[field]
    if (written === undefined) continue
    notes.look(written, line)
    const { text, changed, unclear } = field === 'message' ? message! : toPlaceholders(written, dialect)
    if (text.length > MAX_TEXT_LENGTH)
      doubt(field, text, `has ${text.length} characters, and ${MAX_TEXT_LENGTH} are the most`)
    else if (unclear !== undefined) doubt(field, text, unclear)
    else if (field === 'message') {
      if (status === 401 && params.length > 0) {
        doubt(field, text, `has the placeholder {{${params[0]}}}, and a 401 tells nothing of its cause`)
      } else {
        made.message = text
        if (changed.length > 0) notes.placeholder(changed, written, line)
      }
    } else if (placeholders(text, shown).every((name) => params.includes(name))) {
      made[field] = text
      if (changed.length > 0) notes.placeholder(changed, written, line)
    } else if (written.includes('{{')) doubt(field, written, 'has a placeholder that its message has not')
    // Only a message says which values there are: here it is an example.
    else made[field] = written
  }
  return made
}

/** Names of placeholders are only read of a text that has right ones. */
function safe(text: string): string {
  try {
    placeholders(text, 'text')
    return text
  } catch {
    return ''
  }
}

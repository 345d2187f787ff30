import type { Draft } from './draft.ts'
import { remark, type Remark } from './table.ts'

const WORDS =
  /^(?:ok|success(?:ful(?:ly)?)?|succeeded|no error|not an error|成功|请求成功|操作成功|調用成功|调用成功|正常|正常終了|erfolg(?:reich)?|succès|réussi|éxito|sucesso|successo|успех|успешно|성공)(?![\p{L}\p{N}])/iu
const NAMES =
  /^(?:[A-Za-z]+_)*(?:Err_?|ERR_?|E_?)?(?:OK|Ok|SUCCESS|Success|SUCCESSFUL_COMPLETION|NO_ERROR|S_OK)$|^(?:ok|success)$/

/** Finds the row that is no error: code 0, or one that says so. */
export function successOf(
  drafts: readonly Draft[],
  add: (found: Omit<Remark, 'file'>) => void,
): Draft | undefined {
  const told = drafts.filter(isTold)
  const zero = drafts.find(({ code }) => isZero(code))
  if (zero !== undefined && !told.includes(zero)) {
    const message = `The code ${zero.code} is not called a success. It is taken for an error: say what a success has by success: { code, message }.`
    add(remark('zero-code', zero.line, message))
  }
  const success = told.find(({ code }) => isZero(code)) ?? told[0]
  for (const other of told) {
    if (other === success) continue
    add(
      remark(
        'success-twice',
        other.line,
        `${String(other.code)} is called a success too, and taken for an error. Remove one.`,
      ),
    )
  }
  return success
}

export function isZero(code: Draft['code']): boolean {
  return code !== undefined && /^0+$/.test(String(code))
}

function isTold({ code, name = '', status, texts }: Draft): boolean {
  if (status !== undefined && status !== 200) return false
  const words = [...texts.values()].flatMap(({ message, title }) => [message ?? '', title ?? ''])
  const says =
    words.some((text) => WORDS.test(text)) ||
    NAMES.test(name) ||
    (typeof code === 'string' && NAMES.test(code))
  const isNamed = NAMES.test(name) || (typeof code === 'string' && NAMES.test(code))
  return says && (isZero(code) || code === 200 || status === 200 || isNamed)
}

const MOST_LETTERS = 30

/** What a success says: a word of it rather than a sentence. */
export function successMessage({ texts }: Draft): string {
  const { title, message } = texts.get('') ?? {}
  if (title !== undefined && WORDS.test(title)) return title
  // An explanation is none.
  return message === undefined || message.length > MOST_LETTERS ? (title ?? 'OK') : message
}

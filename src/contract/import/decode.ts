import { UsageError } from '../cli/command.ts'

/** More than any table of errors has. */
export const MAX_BYTES = 32 * 1024 * 1024

/**
 * Reads the bytes of a file as text.
 *
 * @throws UsageError - for bytes that are not UTF-8, and says which encoding they look like
 */
export function decode(bytes: Uint8Array, file: string): string {
  if (bytes.length > MAX_BYTES) {
    throw new UsageError(`${file} has more than ${MAX_BYTES / 1024 / 1024} MB. Give the table alone.`)
  }
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes)
  if (bytes.subarray(0, 4).join() === '80,75,3,4') {
    throw new UsageError(
      `${file} is a spreadsheet or another archive. Save the table as CSV (UTF-8), and give that.`,
    )
  }
  if (bytes.subarray(0, 4096).includes(0)) {
    throw new UsageError(
      `${file} is not a text. Give a table as Markdown, CSV, HTML, JSON, YAML or source code.`,
    )
  }
  try {
    // A mark of the byte order is taken off.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const encoding = encodingOf(bytes)
    throw new UsageError(
      `${file} is not UTF-8${encoding === 'latin1' ? '' : `, and looks like ${encoding.toUpperCase()}`}. Convert it: iconv -f ${encoding === 'latin1' ? 'ISO-8859-1' : encoding.toUpperCase()} -t UTF-8.`,
    )
  }
}

/** The encoding whose frequent letters the bytes hold. */
function encodingOf(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 64 * 1024)
  const candidates = [
    ['gbk', /[错误码的请求参数不存在无效失败用户信息]/g],
    ['big5', /[錯誤碼的請求參數不存在無效失敗用戶資訊]/g],
    ['shift_jis', /[ぁ-んァ-ヶ]/g],
    ['euc-jp', /[ぁ-んァ-ヶ]/g],
    ['euc-kr', /[오류가이는에서을를]/g],
  ] as const
  const counts = candidates.map(([encoding, letters]) => {
    const text = new TextDecoder(encoding).decode(sample)
    return { encoding, count: text.includes('\u{fffd}') ? 0 : (text.match(letters)?.length ?? 0) }
  })
  const best = counts.reduce((most, each) => (each.count > most.count ? each : most))
  return best.count > 1 ? best.encoding : 'latin1'
}

/** One request and its answer, as a page shows them in an `http` block. */
export interface Exchange {
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string | undefined
  }
  readonly answer: {
    readonly status: string
    /** Those that the page shows. */
    readonly headers: Readonly<Record<string, string>>
    /** Undefined where the page shows none: an HTML page of a framework, for instance. */
    readonly body: string | undefined
  }
}

/** Reads all exchanges of a page: lines with `>` are sent, lines with `<` come back. */
export function readExchanges(markdown: string): readonly Exchange[] {
  return [...markdown.matchAll(/^```http\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.trim().split('\n\n').map(readExchange),
  )
}

/** What a README shows of a system on a framework: its parts with a heading such as `On Koa` are of that one alone. */
export function shownOn(framework: string, readme: string): string {
  return readme
    .split(/^(?=## )/m)
    .filter((part) => {
      const only = part.match(/^## On (\w+)/)?.[1]?.toLowerCase()
      return only?.startsWith(framework) ?? true
    })
    .join('')
}

const HEADER = /^[\w-]+: /

function readExchange(text: string): Exchange {
  const sent = linesWith('> ', text)
  const received = linesWith('< ', text)
  const rest = received.slice(1).filter((line) => !HEADER.test(line))
  const body = rest.length === 0 ? undefined : rest.join('\n')
  const [method = '', path = ''] = sent[0]!.split(' ')
  return {
    request: { method, path, ...readMessage(sent.slice(1)) },
    answer: { status: received[0]!, ...readMessage(received.slice(1)), body },
  }
}

function linesWith(mark: string, text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(mark.length))
}

function readMessage(lines: readonly string[]): Pick<Exchange['request'], 'headers' | 'body'> {
  const body = lines.find((line) => /^[{<]/.test(line))
  const headers = lines
    .filter((line) => HEADER.test(line))
    .map((line) => line.split(': ') as [string, string])
  return { headers: Object.fromEntries(headers), body }
}

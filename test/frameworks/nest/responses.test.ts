import { createReadStream } from 'node:fs'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import {
  Controller,
  Get,
  Header,
  Res,
  Sse,
  StreamableFile,
  UseInterceptors,
  type NestInterceptor,
} from '@nestjs/common'
import { concat, of, throwError, timer, switchMap } from 'rxjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAnswer } from '../../support/answers.ts'
import { exchange } from '../../support/raw.ts'
import { answerOf } from '../../support/stacks.ts'
import { conflict, onBoth, running, start, type Running } from './apps.ts'

const secret = 'hunter2'

/** The parts of both platforms' responses that are used. */
interface AnyResponse {
  header(name: string, value: string): unknown
  readonly raw?: { write(text: string): boolean }
  write?(text: string): boolean
}

function failing(chunks: readonly string[]): Readable {
  const left = [...chunks]
  return new Readable({
    read() {
      const chunk = left.shift()
      if (chunk === undefined) setImmediate(() => this.destroy(new Error(secret)))
      else this.push(chunk)
    },
  })
}

const wait: NestInterceptor = {
  intercept: (_context, next) => timer(20).pipe(switchMap(() => next.handle())),
}

@Controller()
class Responses {
  @Get('stale')
  stale(@Res({ passthrough: true }) response: AnyResponse): never {
    response.header('ETag', '"1"')
    response.header('Content-Disposition', 'attachment')
    response.header('X-Own', 'kept')
    response.header('Set-Cookie', 'a=1')
    response.header('Vary', 'Origin')
    throw conflict()
  }

  @Get('decorated')
  @Header('Last-Modified', 'Sun, 06 Nov 1994 08:49:37 GMT')
  @Header('X-Own', 'kept')
  decorated(): never {
    throw conflict()
  }

  @Get('missing')
  missing(): StreamableFile {
    return new StreamableFile(createReadStream(`${import.meta.dirname}/missing`), { type: 'image/png' })
  }

  @Get('missing-later')
  @UseInterceptors(wait)
  missingLater(): StreamableFile {
    return new StreamableFile(createReadStream(`${import.meta.dirname}/missing`))
  }

  @Get('fails-first')
  failsFirst(): StreamableFile {
    return new StreamableFile(failing([]), { disposition: 'attachment', length: 99 })
  }

  @Get('fails-midway')
  failsMidway(): StreamableFile {
    return new StreamableFile(failing(['one']))
  }

  @Get('own-handler')
  ownHandler(): StreamableFile {
    const file = new StreamableFile(failing([]))
    return file.setErrorHandler((_error, response) => {
      response.statusCode = 418
      response.send('own')
    })
  }

  @Get('file')
  file(): StreamableFile {
    return new StreamableFile(Readable.from(['whole', ' file']))
  }

  @Get('begun')
  async begun(@Res() response: AnyResponse): Promise<never> {
    const raw = response.raw ?? (response as { write(text: string): boolean })
    raw.write('begun')
    await new Promise((resolve) => setTimeout(resolve, 20))
    throw conflict()
  }

  @Sse('sse-first')
  sseFirst(): object {
    return throwError(conflict)
  }

  @Sse('sse-later')
  sseLater(): object {
    return concat(of({ data: 'one' }), timer(20).pipe(switchMap(() => throwError(() => new Error(secret)))))
  }

  @Get('slow')
  async slow(): Promise<never> {
    await new Promise((resolve) => setTimeout(resolve, 100))
    throw new Error(secret)
  }
}

onBoth((platform) => {
  let app: Running
  beforeAll(async () => {
    app = await start(platform, {
      controllers: [Responses],
      main: (made) => made.enableCors({ origin: 'https://shop.example', exposedHeaders: 'X-Own' }),
    })
  })
  afterAll(() => app.close())

  const cors = {
    'access-control-allow-origin': 'https://shop.example',
    'access-control-expose-headers': 'X-Own',
    // @fastify/cors does not vary what is the same for all.
    ...(platform === 'Express' && { vary: 'Origin, Accept-Language' }),
  }

  test('what described the lost success goes, and what the app set for the browser stays', async () => {
    expect(await readAnswer(await app.ask('/stale'))).toEqual(
      answerOf('conflict', {
        ...cors,
        'x-own': 'kept',
        'set-cookie': 'a=1',
        vary: 'Origin, Accept-Language',
      }),
    )
    expect(await readAnswer(await app.ask('/decorated'))).toEqual(
      answerOf('conflict', { ...cors, 'x-own': 'kept' }),
    )
    expect(await readAnswer(await app.ask('/nowhere'))).toEqual(answerOf('not-found', cors))
  })

  test.each(['/missing', '/missing-later', '/fails-first'])(
    'the stream of %s failed before it began',
    async (path) => {
      const seen = app.reports.length
      expect(await readAnswer(await app.ask(path))).toEqual(answerOf('unrecognized', cors))
      await app.reported(seen + 1)
      expect(app.reports[seen]).toMatchObject({ sent: true, clientGone: false, route: path })
    },
  )

  test('HEAD of a file that is not there is answered as GET is', async () => {
    const response = await app.ask('/missing', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([500, ''])
  })

  test('a stream that fails midway is cut, and reported as it is', async () => {
    const seen = app.reports.length
    const response = await app.ask('/fails-midway')
    await expect(response.text()).rejects.toThrow('terminated')
    await app.reported(seen + 1)
    expect(app.reports[seen]).toMatchObject({ sent: false, clientGone: false, key: 'unrecognized' })
  })

  test('a file is sent as it is', async () => {
    const response = await app.ask('/file')
    expect([response.status, await response.text()]).toEqual([200, 'whole file'])
  })

  test('what fails once a response has begun is cut', async () => {
    const seen = app.reports.length
    const response = await app.ask('/begun')
    await expect(response.text()).rejects.toThrow('terminated')
    await app.reported(seen + 1)
    expect(app.reports[seen]).toMatchObject({ sent: false, clientGone: false, key: 'conflict' })
  })

  test('an event stream that fails at once is answered', async () => {
    expect(await readAnswer(await app.ask('/sse-first'))).toEqual(answerOf('conflict', cors))
  })

  test('an event stream that fails later tells its error as Nest does', async () => {
    const text = await (await app.ask('/sse-later')).text()
    expect(text).toContain('data: one')
    expect(text).toContain('event: error')
    expect(text).not.toContain(secret)
  })

  test('a client that leaves is no fault of the server', async () => {
    const seen = app.reports.length
    const socket = connect(app.port, '127.0.0.1')
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 30))
    socket.destroy()
    await app.reported(seen + 1)
    expect(app.reports[seen]).toMatchObject({ sent: false, clientGone: true })
    expect(app.log.at(-1)![0]).toBe('info')
  })

  test('a request of HTTP/1.0, and one whose body never ends, are answered', async () => {
    expect(await exchange(app.port, 'GET /decorated HTTP/1.0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 409 Conflict\r\n/,
    )
    const endless = 'POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'
    const answer = await exchange(app.port, endless)
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
    expect(answer.toLowerCase()).toContain('\r\nconnection: close\r\n')
  })
})

test('a file that has an error handler of its own keeps it, on Express', async () => {
  await running('Express', { controllers: [Responses] }, async ({ ask }) => {
    const response = await ask('/own-handler')
    expect([response.status, await response.text()]).toEqual([418, 'own'])
  })
})

onBoth((platform) => {
  test('a global prefix leaves nothing out', async () => {
    const given = { controllers: [Responses], options: { reference: { path: '/errors' } } }
    await running(platform, { ...given, main: (app) => app.setGlobalPrefix('api') }, async ({ ask }) => {
      expect((await ask('/errors')).status).toBe(200)
      const nowhere = await ask('/stale', { headers: { 'X-Request-ID': 't-1' } })
      expect([nowhere.status, nowhere.headers.get('x-request-id')]).toEqual([404, 't-1'])
      expect(await readAnswer(await ask('/api/decorated'))).toEqual(answerOf('conflict', { 'x-own': 'kept' }))
    })
  })
})

import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * XML, or JSON for who asks for it by the param Format. Several texts share a code; a code is refined after a dot, by
 * the name of a param for instance.
 */
const aliyun = defineCatalog({
  name: 'aliyun',
  status: 400,
  envelope: {
    // Express's request and Koa's context alike.
    body({ code, message, requestId }, { query }: { readonly query: Readonly<Record<string, unknown>> }) {
      const error = { RequestId: requestId, HostId: 'ecs.aliyuncs.com', Code: code, Message: message }
      return query['Format'] === 'JSON' ? error : { contentType: 'text/xml; charset=utf-8', text: xml(error) }
    },
    success: (data) => data as object,
    read: (body) => ({
      code:
        typeof body === 'string' ? /<Code>(.*?)<\/Code>/.exec(body)?.[1] : (body as { Code?: unknown }).Code,
    }),
  },
  errors: {
    MISSING_PARAMETER: {
      code: 'MissingParameter',
      message:
        'The input parameter “{{name}}” that is mandatory for processing this request is not supplied.',
    },
    MISSING_COMMAND_ID: {
      code: 'MissingParameter.CommandId',
      message:
        'The input parameter “CommandId” that is mandatory for processing this request is not supplied.',
    },
    INVALID_ACTION: {
      code: 'InvalidParameter',
      status: 404,
      message: 'The specified parameter “Action or Version” is not valid.',
    },
    INVALID_PARAMETER: { code: 'InvalidParameter', message: 'The specified parameter is not valid' },
    INVALID_VALUE: {
      code: 'InvalidParameter',
      message: 'The specified value of parameter <{{name}}> is not valid.',
    },
    INVALID_OWNER_ID: { code: 'InvalidOwnerId', message: 'The specified OwnerId is not valid.' },
    ACCESS_KEY_NOT_FOUND: {
      code: 'InvalidAccessKeyId.NotFound',
      status: 404,
      message: 'The specified Access Key ID does not exist.',
    },
    FORBIDDEN: {
      code: 'Forbidden.RAM',
      status: 403,
      message: 'User not authorized to operate on the specified resource.',
    },
    THROTTLING: {
      code: 'Throttling.User',
      message: 'Request was denied due to user flow control.',
      retryable: true,
    },
    INTERNAL_ERROR: {
      code: 'InternalError',
      status: 500,
      message: 'The request processing has failed due to some unknown error, exception or failure.',
    },
  },
  foreign: { byStatus: { 404: 'INVALID_ACTION', 500: 'INTERNAL_ERROR' } },
  locales: {
    'zh-CN': {
      aliyun: {
        MISSING_PARAMETER: { message: '缺少处理本次请求所必须的参数 {{name}}。' },
        MISSING_COMMAND_ID: { message: '缺少处理本次请求所必须的参数 CommandId。' },
        INVALID_PARAMETER: { message: '指定的参数无效。' },
        INVALID_ACTION: { message: '无效的 Action 值（该 API 不存在）。' },
        INVALID_VALUE: { message: '指定的参数 <{{name}}> 的值无效。' },
        INVALID_OWNER_ID: { message: '指定的 OwnerId 无效。' },
        ACCESS_KEY_NOT_FOUND: { message: '指定的 AccessKey 不存在。' },
        FORBIDDEN: { message: '您没有操作该资源的权限。' },
        THROTTLING: { message: '请求被流控。' },
        INTERNAL_ERROR: { message: '内部错误。' },
      },
    },
  },
})
const { errors } = aliyun

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

// XML 1.0, section 2.2: what no document may hold, not even escaped.
const FORBIDDEN = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** The answer as XML (XML 1.0, section 2.4). JSON escapes what a param may hold, and XML leaves that to us. */
function xml(error: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(error).map(([name, value]) => {
    const text = String(value)
      .replace(FORBIDDEN, '\uFFFD')
      .replace(/[&<>]/g, (character) => ESCAPED[character]!)
    return `<${name}>${text}</${name}>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><Error>${members.join('')}</Error>`
}

const id = '8906582E-6722-409A-A6C4-0E7863B733A5'
const inXml = { 'Content-Type': 'text/xml; charset=utf-8' }

export const system: System = {
  name: 'Alibaba Cloud RPC',
  source: 'https://www.alibabacloud.com/help/doc-detail/25491.htm',
  options: { catalog: aliyun },
  cases: [
    {
      title: 'who asks for no format gets XML',
      thrown: () => errors.INVALID_OWNER_ID(),
      request: { headers: { 'X-Request-ID': id } },
      status: 400,
      headers: { ...inXml, 'X-Request-ID': id },
      body:
        `<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>${id}</RequestId>` +
        '<HostId>ecs.aliyuncs.com</HostId><Code>InvalidOwnerId</Code>' +
        '<Message>The specified OwnerId is not valid.</Message></Error>',
    },
    {
      title: 'Format=JSON gets the same as JSON',
      thrown: () => errors.INVALID_OWNER_ID(),
      request: { path: '/?Format=JSON', headers: { 'X-Request-ID': id } },
      status: 400,
      headers: { 'X-Request-ID': id },
      body: {
        RequestId: id,
        HostId: 'ecs.aliyuncs.com',
        Code: 'InvalidOwnerId',
        Message: 'The specified OwnerId is not valid.',
      },
    },
    {
      title: 'a refined code names the param, in Chinese',
      thrown: () => errors.MISSING_COMMAND_ID(),
      request: { path: '/?Format=JSON', headers: { 'Accept-Language': 'zh-CN' } },
      status: 400,
      headers: { 'Content-Language': 'zh-CN' },
      body: {
        RequestId: 'probe-1',
        HostId: 'ecs.aliyuncs.com',
        Code: 'MissingParameter.CommandId',
        Message: '缺少处理本次请求所必须的参数 CommandId。',
      },
    },
    {
      title: 'markup in a param is text in XML, and a NUL is none',
      thrown: () => errors.MISSING_PARAMETER({ params: { name: 'a</Message>\0&b' } }),
      status: 400,
      headers: inXml,
      body:
        '<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>probe-1</RequestId>' +
        '<HostId>ecs.aliyuncs.com</HostId><Code>MissingParameter</Code>' +
        '<Message>The input parameter “a&lt;/Message&gt;\uFFFD&amp;b” that is mandatory for processing this request is not supplied.</Message></Error>',
      readAs: null,
    },
    {
      title: 'an action that is not there shares its code with other errors, and has a status of its own',
      request: { path: '/nowhere?Format=JSON' },
      status: 404,
      body: {
        RequestId: 'probe-1',
        HostId: 'ecs.aliyuncs.com',
        Code: 'InvalidParameter',
        Message: 'The specified parameter “Action or Version” is not valid.',
      },
      readAs: 'INVALID_ACTION',
    },
    {
      title: 'a foreign error is an internal one, as XML in Chinese',
      thrown: () => new Error('boom'),
      request: { headers: { 'Accept-Language': 'zh-CN' } },
      status: 500,
      headers: { ...inXml, 'Content-Language': 'zh-CN' },
      body:
        '<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>probe-1</RequestId>' +
        '<HostId>ecs.aliyuncs.com</HostId><Code>InternalError</Code><Message>内部错误。</Message></Error>',
      readAs: 'INTERNAL_ERROR',
    },
  ],
  successes: [
    {
      title: 'a success is the data',
      data: { RequestId: '4C467B38-3910-447D-87BC-AC049166F216' },
      body: { RequestId: '4C467B38-3910-447D-87BC-AC049166F216' },
    },
  ],
}

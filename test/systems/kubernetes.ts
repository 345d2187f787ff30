import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/** StatusDetails, but for what the answer itself knows. */
interface Details {
  readonly name?: string
  readonly group?: string
  readonly kind?: string
  readonly causes?: readonly Cause[]
  /** What the thrower or a validator found wrong. */
  readonly fields?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
}

interface Cause {
  readonly reason?: string
  readonly message: string
  readonly field?: string
}

const modified = 'the object has been modified; please apply your changes to the latest version and try again'

const catalog = defineCatalog({
  name: 'kubernetes',
  errors: {
    BadRequest: { status: 400, message: '{{reason}}' },
    Unauthorized: { status: 401, message: 'Unauthorized' },
    // One reason, several texts.
    Forbidden: {
      status: 403,
      message:
        '{{kind}} is forbidden: User "{{user}}" cannot {{verb}} resource "{{kind}}" in API group "{{group}}" in the namespace "{{namespace}}"',
    },
    QuotaExceeded: {
      code: 'Forbidden',
      status: 403,
      message:
        '{{kind}} "{{name}}" is forbidden: exceeded quota: {{quota}}, requested: {{requested}}, used: {{used}}, limited: {{limited}}',
    },
    NotFound: { status: 404, message: '{{kind}} "{{name}}" not found' },
    NoRoute: {
      code: 'NotFound',
      status: 404,
      message: 'the server could not find the requested resource',
      meta: { details: {} },
    },
    MethodNotAllowed: {
      status: 405,
      message: 'the server does not allow this method on the requested resource',
      meta: { details: {} },
    },
    AlreadyExists: { status: 409, message: '{{kind}} "{{name}}" already exists' },
    Conflict: {
      status: 409,
      message: `Operation cannot be fulfilled on {{kind}} "{{name}}": ${modified}`,
    },
    Expired: { status: 410, message: 'The resourceVersion for the provided list is too old.' },
    Invalid: { status: 422, message: '{{kind}} "{{name}}" is invalid: {{problem}}' },
    TooManyRequests: {
      status: 429,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      retryable: true,
    },
    // A timeout that is no 504.
    ServerTimeout: {
      status: 500,
      message:
        'The {{operation}} operation against {{kind}} could not be completed at this time, please try again.',
      retryable: true,
      retryAfter: 1,
    },
    InternalError: { status: 500, message: 'Internal error occurred' },
  },
  foreign: { byStatus: { 404: 'NoRoute', 405: 'MethodNotAllowed', 500: 'InternalError' } },
  envelope: {
    body: ({ code, status, message, meta, details = meta?.['details'], retryAfter }) => ({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: code,
      details:
        details === undefined && retryAfter === undefined ? undefined : told(details ?? {}, retryAfter),
      code: status,
    }),
    success: (data) =>
      (data ?? { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' }) as object,
    read: (body) => ({ code: (body as { reason: unknown }).reason }),
  },
})
const { errors } = catalog

function told({ fields, ...details }: Details, retryAfterSeconds: number | undefined): object {
  const causes = fields?.map(({ path, code, message }) => ({
    reason: code === 'required' ? 'FieldValueRequired' : 'FieldValueInvalid',
    message,
    field: path,
  }))
  return { ...details, ...(causes && { causes }), retryAfterSeconds }
}

const failure = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' }

export const system: System = {
  name: 'Kubernetes',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/',
  options: { catalog },
  cases: [
    {
      title: 'an object that is not there is told by kind and name',
      thrown: () =>
        errors.NotFound({
          params: { kind: 'pods', name: 'web' },
          details: { name: 'web', kind: 'pods' },
        }),
      request: { path: '/api/v1/namespaces/default/pods/web' },
      status: 404,
      body: {
        ...failure,
        message: 'pods "web" not found',
        reason: 'NotFound',
        details: { name: 'web', kind: 'pods' },
        code: 404,
      },
      readAs: 'NoRoute',
    },
    {
      title: 'a path that is not there has the same reason and another text',
      request: { path: '/apis/nowhere' },
      status: 404,
      body: {
        ...failure,
        message: 'the server could not find the requested resource',
        reason: 'NotFound',
        details: {},
        code: 404,
      },
      readAs: 'NoRoute',
    },
    {
      title: 'each field of an object that is invalid is told',
      thrown: () =>
        errors.Invalid({
          params: {
            kind: 'Pod',
            name: 'web',
            problem: '[spec.containers[0].name: Required value, spec.containers[0].image: Required value]',
          },
          details: { name: 'web', kind: 'Pod' },
          fields: [
            { path: ['spec', 'containers', 0, 'name'], code: 'required', message: 'Required value' },
            { path: 'spec.containers[0].image', code: 'required', message: 'Required value' },
          ],
        }),
      status: 422,
      body: {
        ...failure,
        message:
          'Pod "web" is invalid: [spec.containers[0].name: Required value, spec.containers[0].image: Required value]',
        reason: 'Invalid',
        details: {
          name: 'web',
          kind: 'Pod',
          causes: [
            { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers[0].name' },
            { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers[0].image' },
          ],
        },
        code: 422,
      },
      readAs: null,
    },
    {
      title: 'who may not is told what, and where',
      thrown: () =>
        errors.Forbidden({
          params: { kind: 'pods', user: 'jane', verb: 'list', group: '', namespace: 'default' },
          details: { kind: 'pods' },
        }),
      status: 403,
      body: {
        ...failure,
        message:
          'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
        reason: 'Forbidden',
        details: { kind: 'pods' },
        code: 403,
      },
      readAs: null,
    },
    {
      title: 'one reason has several texts',
      thrown: () =>
        errors.QuotaExceeded({
          params: {
            kind: 'pods',
            name: 'web',
            quota: 'compute',
            requested: 'pods=1',
            used: 'pods=4',
            limited: 'pods=4',
          },
          details: { name: 'web', kind: 'pods' },
        }),
      status: 403,
      body: {
        ...failure,
        message:
          'pods "web" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=4, limited: pods=4',
        reason: 'Forbidden',
        details: { name: 'web', kind: 'pods' },
        code: 403,
      },
      readAs: null,
    },
    {
      title: 'two reasons share a status',
      thrown: () =>
        errors.Conflict({
          params: { kind: 'deployments.apps', name: 'web' },
          details: { name: 'web', group: 'apps', kind: 'deployments' },
        }),
      status: 409,
      body: {
        ...failure,
        message: `Operation cannot be fulfilled on deployments.apps "web": ${modified}`,
        reason: 'Conflict',
        details: { name: 'web', group: 'apps', kind: 'deployments' },
        code: 409,
      },
      readAs: null,
    },
    {
      title: 'when to come back stands in header and body',
      thrown: () =>
        errors.TooManyRequests({
          retryAfter: 10,
          details: {
            causes: [
              {
                reason: 'DisruptionBudget',
                message: 'The disruption budget web is still being processed by the server.',
              },
            ],
          },
        }),
      request: { method: 'POST', path: '/api/v1/namespaces/default/pods/web/eviction' },
      status: 429,
      headers: { 'Retry-After': '10' },
      body: {
        ...failure,
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        reason: 'TooManyRequests',
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget web is still being processed by the server.',
            },
          ],
          retryAfterSeconds: 10,
        },
        code: 429,
      },
    },
    {
      title: 'a timeout of the server is a 500 that may be tried again',
      thrown: () =>
        errors.ServerTimeout({
          params: { operation: 'create', kind: 'pods' },
          details: { name: 'create', kind: 'pods' },
        }),
      status: 500,
      headers: { 'Retry-After': '1' },
      body: {
        ...failure,
        message: 'The create operation against pods could not be completed at this time, please try again.',
        reason: 'ServerTimeout',
        details: { name: 'create', kind: 'pods', retryAfterSeconds: 1 },
        code: 500,
      },
      readAs: null,
    },
    {
      title: 'who is not known is told nothing else',
      thrown: () => errors.Unauthorized({ details: { kind: 'tokens' } }),
      status: 401,
      body: { ...failure, message: 'Unauthorized', reason: 'Unauthorized', code: 401 },
    },
  ],
  successes: [
    {
      title: 'what returns no object is a Status, too',
      body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' },
    },
    {
      title: 'an object stands by itself',
      data: { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web' } },
      body: { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web' } },
    },
  ],
}

import jwt from 'jsonwebtoken'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

// RFC 6749, section 5.1 and 5.2: no answer of the token endpoint is kept by anybody, HTTP/1.0 caches neither.
const headers = { Pragma: 'no-cache' }

const catalog = defineCatalog({
  name: 'oauth',
  status: 400,
  errors: {
    // The token endpoint: RFC 6749, section 5.2.
    invalid_request: { headers, message: 'The request is missing a required parameter.' },
    invalid_client: {
      status: 401,
      headers,
      challenge: 'Basic realm="token"',
      message: 'Client authentication failed.',
    },
    // The client may have put its credentials into the body, where no challenge is of use.
    invalid_client_in_body: { code: 'invalid_client', headers, message: 'Client authentication failed.' },
    invalid_grant: { headers, message: 'The authorization code is invalid or expired.' },
    unauthorized_client: { headers, message: 'The client may not use this grant type.' },
    unsupported_grant_type: { headers, message: 'The grant type "{{type}}" is not supported.' },
    invalid_scope: { headers, message: 'The scope is unknown.', meta: { uri: 'https://example.com/scopes' } },
    // RFC 8628, section 3.5.
    authorization_pending: { headers, message: 'The user has not yet answered.' },
    // RFC 9449, section 8: the nonce stands in a header.
    use_dpop_nonce: { headers, message: 'Authorization server requires nonce in DPoP proof' },

    // The resource server: RFC 6750, section 3. A request without a token is told no error.
    token_missing: {
      status: 401,
      challenge: 'Bearer realm="example"',
      message: 'Log in.',
      meta: { bare: true },
    },
    invalid_token: {
      status: 401,
      challenge:
        'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
      message: 'The access token expired',
    },
    insufficient_scope: {
      status: 403,
      challenge: 'Bearer realm="example", error="insufficient_scope", scope="read"',
      message: 'The request requires higher privileges than provided by the access token.',
    },
    resource_nonce: {
      code: 'use_dpop_nonce',
      status: 401,
      challenge:
        'DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"',
      message: 'Resource server requires nonce in DPoP proof',
    },
  },
  foreign: { byCondition: { 'not-authenticated': 'token_missing', 'token-expired': 'invalid_token' } },
  envelope: {
    // As the RFC writes it.
    contentType: 'application/json;charset=UTF-8',
    body: ({ code, message, meta }) =>
      meta?.['bare'] ? {} : { error: code, error_description: message, error_uri: meta?.['uri'] },
    read: (body) => ({ code: (body as { error: unknown }).error }),
  },
})
const { errors } = catalog

const type = { 'Content-Type': 'application/json;charset=UTF-8' }

export const system: System = {
  name: 'OAuth 2',
  source:
    'https://www.rfc-editor.org/rfc/rfc6749#section-5.2, https://www.rfc-editor.org/rfc/rfc6750#section-3',
  options: { catalog },
  cases: [
    {
      title: 'an error of the token endpoint is a 400 that is not cached',
      thrown: () => errors.invalid_grant(),
      request: { method: 'POST', path: '/token' },
      status: 400,
      headers: { ...type, Pragma: 'no-cache' },
      body: { error: 'invalid_grant', error_description: 'The authorization code is invalid or expired.' },
    },
    {
      title: 'a description may name what was asked for',
      thrown: () => errors.unsupported_grant_type({ params: { type: 'password' } }),
      request: { method: 'POST', path: '/token' },
      status: 400,
      headers: { ...type, Pragma: 'no-cache' },
      body: {
        error: 'unsupported_grant_type',
        error_description: 'The grant type "password" is not supported.',
      },
      readAs: null,
    },
    {
      title: 'an error may have a page',
      thrown: () => errors.invalid_scope(),
      request: { method: 'POST', path: '/token' },
      status: 400,
      headers: { ...type, Pragma: 'no-cache' },
      body: {
        error: 'invalid_scope',
        error_description: 'The scope is unknown.',
        error_uri: 'https://example.com/scopes',
      },
    },
    {
      title: 'a client that fails to authenticate is challenged in the scheme that it used',
      thrown: () => errors.invalid_client(),
      request: { method: 'POST', path: '/token', headers: { Authorization: 'Basic czZCaGRSa3F0Mzo=' } },
      status: 401,
      headers: { ...type, Pragma: 'no-cache', 'WWW-Authenticate': 'Basic realm="token"' },
      body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
    },
    {
      title: 'a client that fails to authenticate in the body is not challenged, and has the same code',
      thrown: () => errors.invalid_client_in_body(),
      request: { method: 'POST', path: '/token' },
      status: 400,
      headers: { ...type, Pragma: 'no-cache' },
      body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
    },
    {
      title: 'a request without a token is challenged, and told no error',
      thrown: () => errors.token_missing(),
      status: 401,
      headers: { ...type, 'WWW-Authenticate': 'Bearer realm="example"' },
      body: {},
      readAs: null,
    },
    {
      title: 'a token that is expired is an invalid token, in body and challenge',
      thrown: () => errors.invalid_token(),
      status: 401,
      headers: {
        ...type,
        'WWW-Authenticate':
          'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
      },
      body: { error: 'invalid_token', error_description: 'The access token expired' },
    },
    {
      title: "a library's own error of an expired token is an invalid token",
      thrown: () => new jwt.TokenExpiredError('jwt expired', new Date(0)),
      status: 401,
      headers: {
        ...type,
        'WWW-Authenticate':
          'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
      },
      body: { error: 'invalid_token', error_description: 'The access token expired' },
      readAs: 'invalid_token',
    },
    {
      title: 'a token that lacks a scope is a 403 with a challenge',
      thrown: () => errors.insufficient_scope(),
      status: 403,
      headers: {
        ...type,
        'WWW-Authenticate': 'Bearer realm="example", error="insufficient_scope", scope="read"',
      },
      body: {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges than provided by the access token.',
      },
    },
    {
      title: 'a route names the scope that it needs',
      thrown: () =>
        errors.insufficient_scope({
          headers: {
            'WWW-Authenticate': 'Bearer realm="example", error="insufficient_scope", scope="write admin"',
          },
        }),
      status: 403,
      headers: {
        ...type,
        'WWW-Authenticate': 'Bearer realm="example", error="insufficient_scope", scope="write admin"',
      },
      body: {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges than provided by the access token.',
      },
    },
    {
      title: 'the token endpoint sends the nonce that a proof must have',
      thrown: () => errors.use_dpop_nonce({ headers: { 'DPoP-Nonce': 'eyJ7S_zG.eyJH0-Z.HX4w-7v' } }),
      request: { method: 'POST', path: '/token' },
      status: 400,
      headers: { ...type, Pragma: 'no-cache', 'DPoP-Nonce': 'eyJ7S_zG.eyJH0-Z.HX4w-7v' },
      body: {
        error: 'use_dpop_nonce',
        error_description: 'Authorization server requires nonce in DPoP proof',
      },
    },
    {
      title: 'a resource sends the nonce that a proof must have, beside a 401',
      thrown(_request, response) {
        // What a 401 is thrown with is not sent: the nonce is for every request, and tells nothing of this one.
        response.setHeader('DPoP-Nonce', 'eyJ7S_zG.eyJH0-Z.HX4w-7v')
        return errors.resource_nonce()
      },
      status: 401,
      headers: {
        ...type,
        'WWW-Authenticate':
          'DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"',
        'DPoP-Nonce': 'eyJ7S_zG.eyJH0-Z.HX4w-7v',
      },
      body: {
        error: 'use_dpop_nonce',
        error_description: 'Resource server requires nonce in DPoP proof',
      },
    },
  ],
  successes: [
    {
      title: 'a token stands by itself',
      data: { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'Bearer', expires_in: 3600 },
      body: { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'Bearer', expires_in: 3600 },
    },
  ],
}

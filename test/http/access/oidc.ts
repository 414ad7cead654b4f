/** The least of an OpenID provider (OpenID Connect Core 1.0, code flow) that a test can sign in by. */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export type Provider = {
  readonly discoveryUrl: string
  /** Who signs in next. */
  claims: { sub: string; email: string; email_verified: boolean; name: string }
  readonly close: () => void
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

export const startProvider = async (clientId: string): Promise<Provider> => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const app = new Hono()
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: Provider = {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    claims: { sub: '', email: '', email_verified: false, name: '' },
    close: () => server.close(),
  }
  let nonce: string | undefined

  app.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
  )
  app.get('/jwks', (c) =>
    c.json({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }],
    }),
  )
  app.get('/authorize', (c) => {
    nonce = c.req.query('nonce')
    const back = new URL(c.req.query('redirect_uri')!)
    back.searchParams.set('code', 'code-1')
    back.searchParams.set('state', c.req.query('state')!)
    return c.redirect(back.href)
  })
  app.post('/token', (c) => {
    const seconds = Math.floor(Date.now() / 1000)
    const body = `${part({ alg: 'RS256', kid: '1', typ: 'JWT' })}.${part({
      iss: issuer,
      aud: clientId,
      iat: seconds,
      exp: seconds + 60,
      ...(nonce === undefined ? {} : { nonce }),
      ...provider.claims,
    })}`
    const signature = createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')
    return c.json({
      access_token: 'token-1',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: `${body}.${signature}`,
    })
  })
  app.get('/userinfo', (c) => c.json(provider.claims))
  return provider
}

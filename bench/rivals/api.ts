const LOCATION = `http://relay.test/blobs/${'0'.repeat(32)}`
const PUSH_ID = {
  type: 'object',
  required: ['gcmRegistrationId'],
  properties: { gcmRegistrationId: { type: 'string' } },
}

/** The two plain workloads in OpenAPI 3.0: any attachment has the same URL, any push id is accepted. */
export const OPENAPI = {
  openapi: '3.0.3',
  info: { title: 'Two operations of the relay', version: '1' },
  paths: {
    '/v1/attachments/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'where the blob lies',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { location: { type: 'string', default: LOCATION } } },
                example: { location: LOCATION },
              },
            },
          },
        },
      },
    },
    '/v1/accounts/gcm/': {
      put: {
        requestBody: { required: true, content: { 'application/json': { schema: PUSH_ID } } },
        responses: { 200: { description: 'stored' } },
      },
    },
  },
}

/** The same as stub mappings of WireMock. */
export const MAPPINGS = {
  mappings: [
    {
      request: { method: 'GET', urlPathPattern: '/v1/attachments/[0-9]+' },
      response: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        jsonBody: { location: LOCATION },
      },
    },
    {
      request: {
        method: 'PUT',
        urlPath: '/v1/accounts/gcm/',
        bodyPatterns: [{ matchesJsonSchema: PUSH_ID }],
      },
      response: { status: 200 },
    },
  ],
}

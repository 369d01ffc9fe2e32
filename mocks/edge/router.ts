import { createRequire } from 'node:module'
import type { Router, RouterOptions } from 'express'

/** The router of express, from the package it is of its own: the whole of express takes much longer to load. */
export const createRouter = createRequire(import.meta.url)('router') as (options?: RouterOptions) => Router

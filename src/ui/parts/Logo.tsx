import type { ReactElement } from 'react'

/** The roc of 鹏城 as a rising wing over three lanes. */
export function Logo(): ReactElement {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden>
      <defs>
        <linearGradient id="logo-wing" x1="0" y1="1" x2="1" y2="0">
          <stop offset="0" stopColor="#2a7fff" />
          <stop offset="0.55" stopColor="#37c6f4" />
          <stop offset="1" stopColor="#8ff7d2" />
        </linearGradient>
      </defs>
      <path fill="url(#logo-wing)" d="M3 22.5C9.5 21.8 13 18.6 15.6 13 17.6 8.700 21.500 5.200 29 4c-2.600 2.200-3.900 4.100-4.700 6.400 1.500-.5 2.700-.6 4-.4-3.300 1.700-4.700 3.900-5.900 6.600 1.200-.3 2.200-.3 3.300 0C21.400 18.400 20 22.800 12.500 24 9.200 24.500 5.800 24 3 22.500Z" />
      <path fill="none" stroke="url(#logo-wing)" strokeWidth="1.700" strokeLinecap="round" d="M6 28.200h20" strokeDasharray="5.500 3" />
    </svg>
  )
}

import type { ReactElement, ReactNode } from 'react'

interface Props { readonly title: string; readonly figure?: ReactNode; readonly tone?: 'bad'; readonly open?: boolean; readonly testId?: string; readonly children: ReactNode }

/** A part of a panel under its title, with its most telling figure beside it, that can be closed. */
export function Fold({ title, figure, tone, open = false, testId, children }: Props): ReactElement {
  return (
    <details className="fold panel-fold" open={open} data-testid={testId}>
      <summary><h3>{title}</h3>{figure !== undefined && <b data-tone={tone}>{figure}</b>}</summary>
      <div className="fold-body">{children}</div>
    </details>
  )
}

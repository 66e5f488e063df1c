package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/cmd/internal/caserules"
	"packbench/cmd/internal/desktop/fields"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/config"
	"packbench/station/screen"
)

// trial is what the rules of cases, as they stand on the page, make of the last week.
type trial struct {
	of      config.Cases
	came    []caserules.Tried
	failed  string
	running bool
}

// tryDays is the week that rules are tried on.
const tryDays = 7

// tryCases tries the rules in the background, once for each change of theirs.
func (p *Page) tryCases(now config.Settings) {
	if p.group != fields.CaseRules {
		p.trial = trial{} // tried again when the tab is opened again
		return
	}
	if p.trial.running || p.trial.of == now.Cases && (p.trial.came != nil || p.trial.failed != "") {
		return
	}
	p.trial = trial{of: now.Cases, running: true}
	p.host.Ask(func(ctx context.Context) func() {
		came, err := caserules.Try(ctx, p.folder, now.Cases, now.Rules.LockAfter, tryDays)
		return func() {
			p.trial.running, p.trial.came = false, came
			if err != nil {
				p.trial.failed = shell.FirstLine(err)
			}
			p.host.Changed()
		}
	})
}

// tried adds to a rule what it makes of the last week.
func (p *Page) tried(f screen.Field) screen.Field {
	key, is := strings.CutPrefix(f.Key, "cases.")
	i := slices.IndexFunc(p.trial.came, func(t caserules.Tried) bool { return t.Rule == key })
	if !is || i < 0 {
		return f
	}
	t := p.trial.came[i]
	f.Help = fmt.Sprintf("last week: %d met, %d became cases, %d would now", t.Met, t.Were, t.Would)
	return f
}

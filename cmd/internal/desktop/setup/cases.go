package setup

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/caserules"
	"packbench/cmd/internal/desktop/fields"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/config"
	"packbench/station/screen"
)

// trial is what the rules of cases, as they stand on the page, make of the last week.
type trial struct {
	of     config.Cases
	came   []caserules.Tried // nil until it is known
	failed string
	stop   context.CancelFunc
}

// tryDays is the week that rules are tried on.
const tryDays = 7

// tryCases tries the rules in the background, once for each change of theirs. Only the
// newest trial answers: an earlier one was of other rules.
func (p *Page) tryCases(now config.Settings) {
	there := p.group == fields.CaseRules
	if there && p.trial != nil && p.trial.of == now.Cases {
		return
	}
	if p.trial != nil {
		p.trial.stop()
		p.trial = nil // tried again when the tab is opened again
	}
	if !there {
		return
	}
	t := &trial{of: now.Cases}
	p.trial = t
	t.stop = p.host.Ask(func(ctx context.Context) func() {
		came, err := caserules.Try(ctx, p.folder, now.Cases, now.Rules.LockAfter, tryDays)
		return func() {
			if p.trial != t {
				return
			}
			if t.came = came; err != nil {
				t.failed = "the rules cannot be tried on the last week: " + shell.FirstLine(err)
			}
			p.host.Changed()
		}
	})
}

// said is what the page says of what was done: of the settings, or why the rules of cases
// were not tried.
func (p *Page) said() string {
	if p.notice == "" && p.trial != nil {
		return p.trial.failed
	}
	return p.notice
}

// tried adds to a rule what it makes of the last week.
func (p *Page) tried(f screen.Field) screen.Field {
	key, is := strings.CutPrefix(f.Key, "cases.")
	if !is || p.trial == nil {
		return f
	}
	i := slices.IndexFunc(p.trial.came, func(t caserules.Tried) bool { return t.Rule == key })
	if i < 0 {
		return f
	}
	t := p.trial.came[i]
	f.Help = p.host.Language().Say("last week: {n} met, {were} became cases, {would} would now", "n", strconv.Itoa(t.Met), "were", strconv.Itoa(t.Were), "would", strconv.Itoa(t.Would))
	return f
}

package pages

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/figures"
	count "packbench/station/figures"
	"packbench/station/say"
	"packbench/station/screen"
)

// Figures is the manager's page of parcels after they left, week by week.
type Figures struct {
	*shell.Shell
	report *count.Report // nil until it is read
	weeks  int           // that it is of
	folder string        // where the last export went
}

const selectedWeeks = "weeks"

// Opened forgets the figures of the last visit.
func (p *Figures) Opened() {
	p.report, p.folder = nil, ""
	delete(p.Selected, selectedWeeks)
}

func (p *Figures) wants() int {
	n, _ := strconv.Atoi(p.Selected[selectedWeeks])
	return min(cmp.Or(max(n, 0), figures.Weeks), figures.MostWeeks)
}

// Reading counts them.
func (p *Figures) Reading() shell.Reading {
	weeks := p.wants()
	return func(ctx context.Context, _ say.Names) (func(), error) {
		r, err := figures.Report(ctx, p.Folder, weeks)
		return func() {
			if weeks != p.wants() { // others were chosen meanwhile
				p.Stale = true
				return
			}
			p.report, p.weeks = &r, weeks
		}, err
	}
}

// View is the page.
func (p *Figures) View(frame screen.Frame) screen.View {
	in := screen.FiguresInputs{Frame: frame, Weeks: p.wants(), Selected: p.Selected["table"], Folder: p.folder, Exported: p.Said}
	if p.weeks == in.Weeks {
		in.Report = p.report
	}
	return screen.Figures(in)
}

// Export writes the figures that are shown into the documents folder, whole or not at all.
func (p *Figures) Export(format string) {
	if p.report == nil || p.weeks != p.wants() || !p.Allowed(screen.PageFigures) {
		return
	}
	r, company := *p.report, cmp.Or(p.Folder.Settings.Sender.Company, p.Folder.Settings.Sender.Name)
	name := fmt.Sprintf("figures-%s-%d-weeks.%s", r.To.Format("2006-01-02"), p.weeks, format)
	export(p.Shell, screen.About("figures", strconv.Itoa(p.weeks)), name, func(w io.Writer) error { return figures.Write(r, company, format, w) }, func(folder string) { p.folder = folder })
}

// OpenFolder shows the folder of the last export in the computer's own window.
func (p *Figures) OpenFolder() {
	if of := p.Said.Of; p.folder != "" {
		p.Show(p.folder, func(words string) { p.Say(of, words) })
	}
}

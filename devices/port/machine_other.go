//go:build !linux

package port

func host() *machine { return &machine{dev: "/dev"} }

// judge knows of nothing that stands in the way here.
func (m *machine) judge([]node) {}

// explain says why a device could not be opened.
func (e *openError) explain() *Trouble { return plain(e) }

// standing knows of nothing that stands in the way here.
func (m *machine) standing(class, string) *Trouble { return nil }

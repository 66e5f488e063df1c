package shell

import "context"

// between is how a front gives way to the next one on the same window.
type between struct {
	may bool                      // somebody makes the next one
	end context.CancelFunc        // of Run
	now func()                    // shows the view of now
	act func(ctx context.Context) // what is done meanwhile; nil while the front works
	has map[string]any            // what pages hand on
}

// Follows says that another front takes the place of this one when it gives way.
func (s *Shell) Follows() { s.between.may = true }

// EndsWith says how Run is ended, and how a view is shown while it does not run.
func (s *Shell) EndsWith(end context.CancelFunc, show func()) {
	s.between.end, s.between.now = end, show
}

// Redraw shows how far what is done between two fronts is.
func (s *Shell) Redraw() { s.between.now() }

// GiveWay ends the bench of this window, does what cannot be done while one works in the
// folder, and begins again where it was. It is false where nobody would begin it again.
func (s *Shell) GiveWay(act func(ctx context.Context)) bool {
	if !s.between.may || s.between.act != nil {
		return false
	}
	s.between.act = act
	s.between.end()
	return true
}

// Between is what is to be done before the next front; nil where the program ends.
func (s *Shell) Between() func(ctx context.Context) { return s.between.act }

// HandOn gives the page of the next front something by a name.
func (s *Shell) HandOn(name string, what any) {
	if s.between.has == nil {
		s.between.has = map[string]any{}
	}
	s.between.has[name] = what
}

// Handed takes what the front before has handed on; nil for nothing.
func (s *Shell) Handed(name string) any {
	what := s.between.has[name]
	delete(s.between.has, name)
	return what
}

// Succeed goes on where another shell gave way.
func (s *Shell) Succeed(before *Shell) {
	s.Page, s.Selected, s.Theme, s.Stale = before.Page, before.Selected, before.Theme, true
	s.between.has = before.between.has
}

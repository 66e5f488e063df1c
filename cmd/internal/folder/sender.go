package folder

import (
	"packbench/station/config"
	"packbench/station/people"
)

// Sender is the address that papers name as the sender: that of the settings, or the
// one that was kept since. It may be called from anywhere.
func (f *Folder) Sender() config.Sender {
	if s := f.sender.Load(); s != nil {
		return *s
	}
	return f.Settings.Sender
}

// SetSender has papers name another sender from now on.
func (f *Folder) SetSender(s config.Sender) { f.sender.Store(&s) }

// Rights are who may do what. They change while a bench works.
func (f *Folder) Rights() people.Rights {
	if r := f.rights.Load(); r != nil {
		return *r
	}
	return f.Settings.Rights
}

// SetRights has everybody ask another table from now on.
func (f *Folder) SetRights(r people.Rights) { f.rights.Store(&r) }

// Choice is how a service is chosen: the shop's rules, what late and lost parcels cost. It
// changes while a bench works.
func (f *Folder) Choice() config.Choice {
	if c := f.choice.Load(); c != nil {
		return *c
	}
	return f.Settings.Choice
}

// SetChoice has everybody choose by something else from now on.
func (f *Folder) SetChoice(c config.Choice) { f.choice.Store(&c) }

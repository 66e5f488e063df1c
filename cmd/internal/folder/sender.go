package folder

import "packbench/station/config"

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

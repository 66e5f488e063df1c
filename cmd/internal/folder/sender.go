package folder

import "packbench/station/config"

// Sender is the address that papers name as the sender: that of the settings, or the
// one that was kept since. It may be called from anywhere.
func (d *Folder) Sender() config.Sender {
	if s := d.sender.Load(); s != nil {
		return *s
	}
	return d.Settings.Sender
}

// SetSender has papers name another sender from now on.
func (d *Folder) SetSender(s config.Sender) { d.sender.Store(&s) }

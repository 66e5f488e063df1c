package member

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/hub"
	"packbench/station/store"
)

// lockHub takes the right to keep a folder in step, which one program has.
func lockHub(dir string, wait time.Duration) (free func(), err error) {
	free, err = store.LockFile(filepath.Join(dir, "hub.lock"), wait)
	if errors.Is(err, store.ErrHeld) {
		return nil, errors.New("a bench that works here keeps this folder in step with the hub already")
	}
	return free, err
}

// startWait is how long a bench waits for a round that another program makes.
const startWait = 20 * time.Second

// Link is a folder that is kept in step with its hub by this program.
type Link struct {
	*hub.Exchange
	free func()
	once sync.Once
}

// Start takes the right to keep the folder in step and returns its link; nil where the
// folder belongs to no hub. Run of it does the rest, Close gives the right back.
func Start(ctx context.Context, d *folder.Folder, station string, env func(string) string) (*Link, error) {
	m, member, err := store.Known(d.Store.Member(ctx))
	if err != nil || !member {
		return nil, err
	}
	if m.Station != station {
		return nil, errors.New("this folder belongs to the hub as station " + m.Station + ": start " + station + " in a folder of its own")
	}
	x, _, err := exchange(ctx, d, env)
	if err != nil {
		return nil, err
	}
	free, err := lockHub(d.Dir, startWait)
	if err != nil {
		return nil, err
	}
	return &Link{Exchange: x, free: free}, nil
}

// Speak returns a line to the hub for a word of a person beside the program that keeps the
// folder in step; nil where the folder belongs to none.
func Speak(ctx context.Context, d *folder.Folder, env func(string) string) (*hub.Exchange, error) {
	x, _, err := exchange(ctx, d, env)
	return x, err
}

// Close gives the right back.
func (l *Link) Close() {
	l.once.Do(func() {
		l.Exchange.Close()
		l.free()
	})
}

// Once makes one round, where nobody else keeps the folder in step. It claims no orders
// ahead: nobody packs here now.
func Once(ctx context.Context, d *folder.Folder, env func(string) string) (hub.Status, error) {
	x, member, err := exchange(ctx, d, env)
	if err != nil {
		return hub.Status{}, err
	}
	if !member {
		return hub.Status{}, ErrAlone
	}
	free, err := lockHub(d.Dir, 0)
	if err != nil {
		return hub.Status{}, err
	}
	defer free()
	defer x.Close()
	x.Ahead = 0
	err = x.Round(ctx)
	return x.Status(), err
}

// ErrAlone says that the folder belongs to no hub.
var ErrAlone = errors.New("this folder belongs to no hub: packctl hub join brings it into one")

// exchange is that of a folder; member is false where it belongs to no hub.
func exchange(ctx context.Context, d *folder.Folder, env func(string) string) (x *hub.Exchange, member bool, err error) {
	m, member, err := store.Known(d.Store.Member(ctx))
	if err != nil || !member {
		return nil, false, err
	}
	k := &keeper{Folder: d}
	x = hub.New(hub.Options{
		Folder: d.Store, Own: ownChains(m), Late: []string{cases.CarriersOf(m.Station)}, Ahead: d.Settings.Hub.Ahead, Ranges: d.AllRanges, Log: d.Log,
		Documents: func() int { return d.Settings.Hub.Documents },
		Runs:      d.Settings.Hub.Follow != config.FollowOwn,
		Open:      func() (*hub.Hub, error) { return open(d, env) },
		Follow:    follows(d),
		Clash: func(ctx context.Context, order, other string) {
			if err := clash(ctx, d, order, "", other); err != nil {
				d.Log.Warn("an order is at two benches, and there is no case of it", "order", order, "other", other, "error", err)
			}
		},
		Granted: func(ctx context.Context, order string) {
			if err := granted(ctx, d, order, ""); err != nil {
				d.Log.Warn("the case of an order that was packed without the hub stays open", "order", order, "error", err)
			}
		},
		Returned: func(ctx context.Context, p store.Parcel, other string) {
			if err := returned(ctx, d, p, other); err != nil {
				d.Log.Warn("a return is at two benches, and its case is not as it should be", "parcel", p.ID, "other", other, "error", err)
			}
		},
		Overruled: func(ctx context.Context) {
			if err := overruled(ctx, d, k.narrow()); err != nil {
				d.Log.Warn("a change that does not count has no case", "error", err)
			}
		},
		Beside: func(ctx context.Context, h *hub.Hub) error { return k.exchange(ctx, h, m.Station) },
	})
	k.narrow = func() bool { return x.Status().Narrow }
	return x, true, nil
}

// follows tells which chains of others are kept in a folder.
func follows(d *folder.Folder) func(writer string) bool {
	return func(writer string) bool { return d.Settings.Hub.Follow != config.FollowOwn || !cases.IsBench(writer) }
}

// ownChains are the chains that a folder writes: its station's, its desk's, that of what
// carriers say, and those of all of them that were written in it before it belonged to a hub.
func ownChains(m store.Membership) []string {
	return append([]string{m.Station, cases.DeskOf(m.Station), cases.CarriersOf(m.Station)}, m.Before...)
}

func open(d *folder.Folder, env func(string) string) (*hub.Hub, error) {
	password, err := secretOf(d.Dir, env).Read()
	if err != nil && !errors.Is(err, secret.ErrMissing) {
		return nil, err
	}
	return hub.Open(d.Settings.Hub.Address, password)
}

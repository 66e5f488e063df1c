package hub

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Present is how a station stood when it last told the hub.
type Present struct {
	Station string
	Age     time.Duration // since then, by the clock of the hub
	Body    []byte        // what Options.Stands of it said; empty once its program has ended
}

// How often the hub is told how a station stands where nothing has changed, and how long
// the end of a program waits to tell that.
const (
	hereEvery   = 5 * time.Second
	leaveWithin = time.Second
)

// toldHere is what the hub was told last of how the station stands, and when.
type toldHere struct {
	body []byte
	at   time.Time
}

// Here tells the hub how a station stands.
func (h *Hub) Here(ctx context.Context, station string, body []byte) error {
	return h.do(ctx, `SELECT packbench.here($1, $2)`, station, some(body))
}

// Present returns how the stations stand.
func (h *Hub) Present(ctx context.Context) ([]Present, error) {
	return rowsOf(ctx, h, func(r pgx.CollectableRow) (p Present, err error) {
		var age float64
		err = r.Scan(&p.Station, &age, &p.Body)
		p.Age = max(time.Duration(age*float64(time.Second)), 0)
		return p, err
	}, `SELECT station, extract(epoch FROM clock_timestamp() - at)::float8, body FROM packbench.presence ORDER BY station`)
}

// tellHere tells the hub how the station stands, when that has changed and now and then.
func (x *Exchange) tellHere(ctx context.Context) error {
	if x.Stands == nil {
		return nil
	}
	now := x.Stands()
	if time.Since(x.here.at) < hereEvery && bytes.Equal(now, x.here.body) {
		return nil
	}
	if err := x.hub.Here(ctx, x.station, now); err != nil {
		return x.said(err)
	}
	x.here = toldHere{now, time.Now()}
	return nil
}

// leave tells the hub that the program ends, if it can be had.
func (x *Exchange) leave(ctx context.Context) {
	if x.Stands == nil || x.Status().Away() {
		return
	}
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), leaveWithin)
	defer done()
	if h, err := x.connected(); err == nil {
		_ = h.Here(ctx, x.station, nil) // else it shows by its silence
	}
}

// Present returns how the stations stand. It is asked while somebody looks at them.
func (x *Exchange) Present(ctx context.Context) ([]Present, error) {
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err != nil {
		return nil, err
	}
	return h.Present(ctx)
}

// listenAgain is how long a line that listens is kept, and after how long a hub that does
// not let this folder listen is asked again.
const listenAgain = time.Minute

// listens listens beside until ctx ends; what it returns waits for that.
func (x *Exchange) listens(ctx context.Context) (wait func()) {
	var group sync.WaitGroup
	group.Go(func() { x.listen(ctx) })
	return group.Wait
}

// listen makes a round as soon as the hub says that there is something that a person waits
// for. Nothing rests on it: where the hub cannot be listened to there is a round each
// second all the same.
func (x *Exchange) listen(ctx context.Context) {
	for ctx.Err() == nil {
		wait := afterTrouble
		if h, err := x.connected(); err == nil && !x.Status().Away() {
			began := time.Now()
			if err := h.listen(ctx, x.Wake); err == nil {
				continue
			}
			if errors.Is(err, errPooled) || time.Since(began) < afterTrouble {
				wait = listenAgain
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// errPooled says that a pooler stands between: what is listened for would not come.
var errPooled = errors.New("a pooler stands between")

// listen calls heard when the hub wakes its folders up. It returns nil after a while, so
// that it is begun again on a line that is new.
func (h *Hub) listen(ctx context.Context, heard func()) error {
	c := h.line.Copy()
	short, done := context.WithTimeout(ctx, answerWithin)
	defer done()
	line, err := pgx.ConnectConfig(short, c)
	if err != nil {
		return err
	}
	defer func() {
		ctx, done := context.WithTimeout(context.WithoutCancel(ctx), leaveWithin)
		defer done()
		_ = line.Close(ctx)
	}()
	var pid uint32
	if err := line.QueryRow(short, `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
		return err
	}
	if pid != line.PgConn().PID() {
		return errPooled
	}
	if _, err := line.Exec(short, `LISTEN packbench`); err != nil {
		return err
	}
	heard() // what came before this line was there
	for until := time.Now().Add(listenAgain); ; {
		ctx, done := context.WithDeadline(ctx, until)
		_, err := line.WaitForNotification(ctx)
		done()
		if err != nil {
			if time.Now().Before(until) {
				return err
			}
			return nil
		}
		heard()
	}
}

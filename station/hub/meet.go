package hub

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"packbench/station/store"
)

// meet connects and greets, where that was not done.
func (x *Exchange) meet(ctx context.Context) error {
	if x.met {
		return nil
	}
	m, err := x.Folder.Member(ctx)
	if err != nil {
		return err
	}
	if x.hub, err = x.connected(); err != nil {
		return err
	}
	about, err := x.hub.About(ctx)
	if err != nil {
		return err
	}
	if about.ID != m.Hub {
		return &Trouble{Kind: OtherHub}
	}
	if m, err = x.same(ctx, m); err != nil {
		return err
	}
	if m.Turn == 0 {
		m.Turn = -about.Turn
	}
	if m.Next == "" || m.Next == m.Pass {
		m.Next = newPass()
	}
	if err := x.Folder.KeepMember(ctx, m); err != nil {
		return err
	}
	clear(x.acked)
	for _, w := range slices.Backward(x.Own) { // the station's last, whose sign is kept
		p, err := x.hub.Greet(ctx, w, m.Pass, m.Next)
		if KindOf(err) == NoRights && (slices.Contains(x.Late, w) || slices.Contains(m.Before, w)) {
			if err = x.handOver(ctx, &m, w); err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		if err := x.goesOn(ctx, p); err != nil {
			return err
		}
		x.acked[w], m.Sign = p.Seq, p.Sign
	}
	x.sign = m.Sign
	x.life, _, _ = strings.Cut(m.Sign, " ")
	m.Pass, m.Next = m.Next, ""
	if err := x.Folder.KeepMember(ctx, m); err != nil {
		return err
	}
	if err := x.askRights(ctx, about); err != nil {
		return err
	}
	x.kept = time.Time{}
	x.met = true
	return nil
}

// handOver leaves a chain to the folder that its station works in now. This one wrote it
// before it belonged to the hub. One that folders have not always written is not told, and
// stays here, until the folder joins the hub again.
func (x *Exchange) handOver(ctx context.Context, m *store.Membership, writer string) error {
	is := func(w string) bool { return w == writer }
	m.Before, x.Own = slices.DeleteFunc(slices.Clone(m.Before), is), slices.DeleteFunc(slices.Clone(x.Own), is)
	if slices.Contains(x.Late, writer) {
		x.Log.Warn("what carriers say stays in this folder: the hub takes it once the folder joins it again", "chain", writer)
		return nil
	}
	x.Log.Info("a station that worked here before has a folder of its own now", "station", writer)
	return x.Folder.KeepMember(ctx, *m)
}

// same finds out whether the hub was put back to an older state since it was seen, or
// somebody else has found that out. Then all that is here counts as not told, and all that
// is there as not read.
func (x *Exchange) same(ctx context.Context, m store.Membership) (now store.Membership, err error) {
	known := max(m.Turn, -m.Turn)
	if known == 0 || m.Sign == "" {
		return m, nil // it was never greeted
	}
	shared, err := x.Folder.SharedPlace(ctx, sharedFeed)
	if err != nil {
		return m, err
	}
	claims, err := x.Folder.SharedPlace(ctx, claimsFeed)
	if err != nil {
		return m, err
	}
	turn, err := x.hub.PutBack(ctx, x.station, m.Sign, known, shared, claims)
	if err != nil || turn == known {
		return m, err
	}
	x.Log.Warn("the hub was put back to an older state: it is told again what it has lost")
	if err := x.Folder.ShareAgain(ctx); err != nil {
		return m, err
	}
	if m.Turn < 0 {
		turn = -turn
	}
	if err := x.tellPacked(ctx); err != nil {
		return m, err
	}
	m.Turn = turn
	return m, x.Folder.KeepMember(ctx, m)
}

// numbersLost is how many numbers of each range are passed over where the hub was made
// anew: they may have been given by the one that was lost.
const numbersLost = 50 * blockSize

func newPass() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// goesOn looks whether the hub's chain is the one that is written here. Where the hub has
// more of it, this folder was put back to an older state: it gets its own rows back, which
// only a program does that does not write the chain at the moment, see Recover.
func (x *Exchange) goesOn(ctx context.Context, p Place) error {
	head, err := x.Folder.Head(ctx, p.Writer)
	if err != nil || p.Seq == 0 {
		return err
	}
	if p.Seq > head.Seq {
		return &Trouble{Kind: Behind}
	}
	for r, err := range x.Folder.Rows(ctx, p.Writer, p.Seq) {
		if err != nil {
			return err
		}
		if r.Hash != p.Hash {
			return &Trouble{Kind: Copied}
		}
		break
	}
	return nil
}

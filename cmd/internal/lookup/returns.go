package lookup

import (
	"context"
	"slices"
	"time"

	"packbench/cmd/internal/lookup/marking"
	"packbench/cmd/internal/lookup/sent"
	"packbench/station/gs1"
	"packbench/station/pack"
)

// cameBack reads a code while a return is open: what it is of, or a unit of it.
func (r *Resolver) cameBack(ctx context.Context, s pack.State, c code, out *pack.Scanned) error {
	f := r.sentFinder()
	m, _ := marking.Of(c.read, r.Clock().In(r.Location()).Year())
	known := s.Return.Known()
	if known && len(c.Articles) > 0 {
		other, err := f.Elsewhere(ctx, s.Return, r.Station)
		if err != nil {
			return err
		}
		if other != nil {
			out.Meanings = []pack.Meaning{{Kind: pack.MeansReturn, Sent: other}}
			return nil
		}
		return r.unitsBack(ctx, f, s.Return.Sent, c, m, out)
	}
	if b := s.Return.WantsSerial(); b != nil {
		if m.Serial == "" {
			m.Serial = gs1.Mark(c.Data)
		}
		out.Meanings = []pack.Meaning{{Kind: pack.MeansMark, Product: &pack.Product{SKU: b.SKU, Name: b.Name, Factor: 1, Marks: &m}}}
		return nil
	}
	all, problem, err := f.Named(ctx, sent.Code{AIM: c.AIM, Data: c.Data, Found: c.Found, Marks: m})
	if len(all) == 0 && problem == "" && (len(c.Articles) > 0 || len(c.Orders) > 0) {
		problem = pack.ReasonNotClosed
	}
	out.Problem = string(problem)
	if i := slices.IndexFunc(all, func(one pack.Sent) bool { return known && s.Return.Sent != nil && one.SSCC == s.Return.Sent.SSCC }); i >= 0 {
		all = all[i : i+1]
	}
	for _, one := range all {
		one.Claimed = r.Hub != nil
		out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansReturn, Sent: &one})
	}
	return err
}

// unitsBack are units of a product, with what may become of them.
func (r *Resolver) unitsBack(ctx context.Context, f sent.Finder, of *pack.Sent, c code, m pack.Marks, out *pack.Scanned) error {
	count := c.read.Trades()
	for _, a := range c.Articles {
		may, err := f.May(ctx, a.SKU, of)
		if err != nil {
			return err
		}
		for _, n := range count.May {
			p := pack.Product{SKU: a.SKU, Name: a.Name, Factor: max(1, a.Factor) * n, Mass: a.Mass, May: may, Serials: c.read.Serials()}
			if m != (pack.Marks{}) {
				p.Marks = &m
			}
			out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansProduct, Product: &p})
		}
	}
	return nil
}

func (r *Resolver) sentFinder() sent.Finder {
	return sent.Finder{Store: r.Store, Rules: r.Settings.Returns, Domain: r.Settings.GS1.Domain, Verify: r.VerifyCode, Hub: r.Hub}
}

// finish looks up what the end of a return needs: the day by which it has to be paid, whether
// another bench has it, and what earlier returns of its parcel lack.
func (r *Resolver) finish(ctx context.Context, s pack.State, c pack.Command) (_ pack.Command, err error) {
	c.Due = r.refundBy()
	if !s.Return.Known() || s.Return.Sent == nil {
		return c, nil
	}
	f := r.sentFinder()
	other, err := f.Elsewhere(ctx, s.Return, r.Station)
	if err != nil || other != nil {
		if other != nil {
			c.Open = other.Open
		}
		return c, err
	}
	c.Missing, err = f.Missing(ctx, s.Return)
	return c, err
}

// refundBy is the last day on which what is owed for a return has to be paid: today, and
// the days that the shop has.
func (r *Resolver) refundBy() time.Time {
	now := r.Clock().In(r.Location())
	return time.Date(now.Year(), now.Month(), now.Day()+r.Settings.Returns.RefundDays, 0, 0, 0, 0, now.Location())
}

package unit

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// Against exact arithmetic, at the edges and at random.
func TestDecimalsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	values := []int64{0, 1, -1, 4, 5, -4, -5, 49, 50, 499, 500, -499, -500, 999_499, 999_500, math.MaxInt64, math.MinInt64, math.MinInt64 + 1}
	for range 5000 {
		values = append(values, int64(random.Uint64())>>random.IntN(64))
	}
	for _, v := range values {
		for _, f := range []struct {
			scale    int64
			decimals int
		}{{1, 0}, {100, 2}, {1000, 3}, {1_000_000, 3}, {1000, 0}, {1000, 1}} {
			want := new(big.Rat).SetFrac64(v, f.scale).FloatString(f.decimals)
			if got := fixed(v, f.scale, f.decimals); got != want {
				t.Fatalf("%d of %d: %s, want %s", v, f.scale, got, want)
			}
		}
	}
}

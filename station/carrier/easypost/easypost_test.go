package easypost_test

import (
	"testing"

	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/easypostsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/easypost"
)

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim: func(o carriersim.Options) carriersim.Backend { return easypostsim.New(o) },
		New: func(o account.Options) (account.Account, error) { return easypost.New(o) },
		No:  []carriersim.Mishap{carriersim.Slow, carriersim.OtherParcel},
	})
}

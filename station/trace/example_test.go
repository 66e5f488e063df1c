package trace_test

import (
	"fmt"
	"os"
	"path/filepath"

	"packbench/station/trace"
)

func Example() {
	dir, err := os.MkdirTemp("", "keys")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	keys, err := trace.LoadOrCreate(filepath.Join(dir, "trace.key"))
	if err != nil {
		fmt.Println(err)
		return
	}
	key, err := keys.Signing()
	if err != nil {
		fmt.Println(err)
		return
	}
	code, err := trace.Signer{Key: key}.Sign("340123450000000017", "1001")
	if err != nil {
		fmt.Println(err)
		return
	}
	result := trace.Verify(keys, "", code)
	fmt.Println(result.Verdict, result.SSCC)
	fmt.Println(result.Of(keys, "1001"), result.Of(keys, "1002"))
	fmt.Println(trace.Verify(keys, "", "T1:340123450000000024"+code[len("T1:340123450000000017"):]).Verdict)
	// Output:
	// genuine 340123450000000017
	// true false
	// altered
}

func ExampleFormat() {
	f := trace.Format{Carrier: "demo-express", Name: "parcel", Prefix: "DX", Digits: 12, Rule: trace.Mod10}
	number, err := f.Make(42)
	fmt.Println(number, err)
	fmt.Println(f.Check(number))
	// Output:
	// DX0000000000420 <nil>
	// <nil>
}

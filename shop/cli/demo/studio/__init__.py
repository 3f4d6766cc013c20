"""The drawing room of the demo: packs, heaps of goods, tables, landscapes, as SVG and pixels."""
